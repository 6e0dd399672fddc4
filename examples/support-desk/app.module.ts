import { Module } from '@nestjs/common';
import { TelegramModule, telegramConfig } from 'nestjs-telegram-support';
import { SupportChatModule } from 'nestjs-telegram-support/chat';
import { Orders } from './orders.js';

/** A support desk in Telegram, and a chat for customers. */
@Module({
  imports: [
    TelegramModule.forRootAsync({ ...telegramConfig.asProvider(), isGlobal: true }),
    SupportChatModule.forRoot({
      // Everybody is signed in as Alice. A real app looks into its session or token.
      customer: () => ({ id: 'alice', name: 'Alice' }),
    }),
  ],
  providers: [Orders],
})
export class AppModule {}

import { Module } from '@nestjs/common';
import { TelegramModule, telegramConfig } from 'nestjs-telegram-support';
import { SupportController } from './support.controller.js';
import { SupportService } from './support.service.js';

@Module({
  imports: [TelegramModule.forRootAsync(telegramConfig.asProvider())],
  controllers: [SupportController],
  providers: [SupportService],
})
export class AppModule {}

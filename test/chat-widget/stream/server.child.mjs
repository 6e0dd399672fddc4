import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SupportChatModule } from '../../../dist/chat-widget/index.js';
import { TelegramModule } from '../../../dist/index.js';

const [redis, port] = process.argv.slice(2);

// oxlint-disable-next-line typescript/no-extraneous-class -- Plain JavaScript has no decorators.
class AppModule {}

Module({
  imports: [
    TelegramModule.forRoot({
      botToken: '123456:AAtest_token_of_nobody',
      adminChatId: -100_123,
      apiRoot: 'http://127.0.0.1:9',
      updates: 'off',
      isGlobal: true,
      redis,
    }),
    SupportChatModule.forRoot({ customer: () => ({ id: 'ada' }) }),
  ],
})(AppModule);

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(Number(port), '127.0.0.1');
process.stdout.write('listening\n');

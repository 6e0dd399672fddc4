import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getBotToken, On, TelegrafModule, Update } from 'nestjs-telegraf';
import { BOT_ID, SECRET, TOKEN } from '../dist/ingest/ingest.task.js';
import { answerParent } from '../dist/support/child.js';

// Decorators are called as functions: this file runs as it is, without a compiler.

/** A handler that does nothing. */
class UpdateHandler {
  onMessage() {}
}
Update()(UpdateHandler);
On('message')(
  UpdateHandler.prototype,
  'onMessage',
  Object.getOwnPropertyDescriptor(UpdateHandler.prototype, 'onMessage'),
);

// oxlint-disable-next-line typescript/no-extraneous-class -- All that matters is in its decorator.
class AppModule {}
Module({
  imports: [TelegrafModule.forRoot({ token: TOKEN, launchOptions: false })],
  providers: [UpdateHandler],
})(AppModule);

answerParent((question) => (question === 'usage' ? usage() : start()));

async function start() {
  const app = await NestFactory.create(AppModule, { logger: ['fatal'], bodyParser: true });
  const bot = app.get(getBotToken());
  // As getMe would say, which nobody is there to answer.
  bot.botInfo = { id: BOT_ID, is_bot: true, first_name: 'Support Desk', username: 'desk_bot' };
  app.use(bot.webhookCallback('/hook', { secretToken: SECRET }));
  await app.listen(0, '127.0.0.1');
  return { port: Number(new URL(await app.getUrl()).port), path: '/hook' };
}

async function usage() {
  const { user, system } = process.cpuUsage();
  globalThis.gc?.();
  return { cpuMs: (user + system) / 1000, heapBytes: process.memoryUsage().heapUsed };
}

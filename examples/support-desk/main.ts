import 'reflect-metadata';
import { Module, ValidationPipe, type INestApplication, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AgentController } from './agent.controller.js';
import { AppModule } from './app.module.js';
import { playConversation } from './conversation.js';
import { EmbeddedTelegram } from './embedded-telegram.js';
import { isPortInUse } from './port-in-use.js';

const port = Number(process.env['PORT'] ?? 3000);
const host = '127.0.0.1';
const appUrl = `http://${host}:${port}`;

// A shorter name for the command line.
const { MODE: mode, TELEGRAM_MODE: telegramMode = mode === 'topics' ? mode : undefined } =
  process.env;
if (telegramMode) process.env['TELEGRAM_MODE'] = telegramMode;

async function listen(module: Type): Promise<INestApplication> {
  const app = await NestFactory.create(module, { logger: ['error', 'warn'] });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true }));
  app.enableShutdownHooks();
  await app.listen(port, host);
  return app;
}

async function runForReal(): Promise<void> {
  await listen(AppModule);
  console.log(`The support desk runs with your bot at ${appUrl}.`);
  if (!process.env['TELEGRAM_WEBHOOK_URL']) {
    console.log(
      `Set TELEGRAM_WEBHOOK_URL to the public https URL that leads to ${appUrl}, so that replies come in.`,
    );
  }
  printCustomerLines();
}

async function runEmbedded(): Promise<void> {
  const look = telegramMode === 'topics' ? 'with topics, ' : '';
  console.log(`The support desk runs on an embedded Telegram, ${look}in memory.`);
  const telegram = await EmbeddedTelegram.start(appUrl);

  @Module({
    imports: [AppModule],
    controllers: [AgentController],
    providers: [{ provide: EmbeddedTelegram, useValue: telegram }],
  })
  class EmbeddedAppModule {}

  await listen(EmbeddedAppModule);
  const { id } = await playConversation(appUrl, telegram);
  printCustomerLines(id);
  console.log(`
As the agent, read the chat and reply to its newest notice:
  curl ${appUrl}/agent/chat
  curl ${appUrl}/agent/reply -H 'Content-Type: application/json' -d '{"text":"You are welcome"}'

Set TELEGRAM_BOT_TOKEN, TELEGRAM_ADMIN_CHAT_ID, TELEGRAM_WEBHOOK_URL and REDIS_URL to run it for real.`);
}

function printCustomerLines(threadId = '<id of the thread>'): void {
  console.log(`
As the customer, open a thread, write in it, read it:
  curl ${appUrl}/threads -H 'Content-Type: application/json' -d '{"customer":"Bob","subject":"Hello","text":"Is anybody there?"}'
  curl ${appUrl}/threads/${threadId}/messages -H 'Content-Type: application/json' -d '{"text":"One more thing"}'
  curl ${appUrl}/threads/${threadId}`);
}

function announceEnd(): void {
  console.log('\nClosing the support desk.');
}

// Nest would log that as an error as well.
if (await isPortInUse(port, host)) {
  console.error(`Port ${port} is in use. Choose another one: PORT=${port + 1} npm start`);
  process.exit(1);
}
process.once('SIGINT', announceEnd);
process.once('SIGTERM', announceEnd);
await (process.env['TELEGRAM_BOT_TOKEN'] ? runForReal() : runEmbedded());

import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import { AppModule } from './app.module.js';
import { contentSecurityPolicy } from './content-security-policy.js';
import { playConversation } from './conversation.js';
import { EmbeddedTelegram } from './embedded-telegram.js';
import { pathOf } from './path-of.js';
import { isPortInUse } from './port-in-use.js';
import { DESK_URL, StartController } from './start.controller.js';

const port = Number(process.env['PORT'] ?? 3000);
const host = '127.0.0.1';
const appUrl = `http://${host}:${port}`;
const pageUrl = `http://localhost:${port}`;

// A shorter name for the command line.
const { MODE: mode, TELEGRAM_MODE: telegramMode = mode === 'topics' ? mode : undefined } =
  process.env;
if (telegramMode) process.env['TELEGRAM_MODE'] = telegramMode;

/** @param deskUrl The page of the agents; null when they have Telegram itself. */
async function listen(deskUrl: string | null): Promise<void> {
  @Module({
    imports: [AppModule],
    controllers: [StartController],
    providers: [{ provide: DESK_URL, useValue: deskUrl }],
  })
  class ExampleModule {}

  const logger = ['error', 'warn'] as const;
  const app = await NestFactory.create<NestExpressApplication>(ExampleModule, {
    logger: [...logger],
  });
  app.use(helmet(contentSecurityPolicy(deskUrl)));
  app.useStaticAssets(pathOf('pages'));
  app.useStaticAssets(pathOf('../../docs'), {
    prefix: '/docs',
    setHeaders: (response) => response.setHeader('Content-Type', 'text/plain; charset=utf-8'),
  });
  app.enableShutdownHooks();
  await app.listen(port, host);
}

async function runForReal(): Promise<void> {
  await listen(null);
  console.log(`The support desk runs with your bot. Open ${pageUrl}/ and write as a customer.`);
  const { TELEGRAM_WEBHOOK_URL: webhookUrl, TELEGRAM_UPDATES: updates } = process.env;
  if (!webhookUrl && updates !== 'polling') {
    console.log(
      `Set TELEGRAM_WEBHOOK_URL to the public https URL that leads to ${appUrl}, or TELEGRAM_UPDATES=polling, so that replies come in.`,
    );
  }
}

async function runEmbedded(): Promise<void> {
  const look = telegramMode === 'topics' ? 'with topics, ' : '';
  console.log(`The support desk runs on an embedded Telegram, ${look}in memory.`);
  const telegram = await EmbeddedTelegram.start(appUrl, [pageUrl, appUrl]);
  await listen(telegram.pageUrl);
  await playConversation(appUrl, telegram);
  console.log(`
Set TELEGRAM_BOT_TOKEN, TELEGRAM_ADMIN_CHAT_ID, TELEGRAM_WEBHOOK_URL and REDIS_URL to run it for real.
Ctrl-C ends it.

Open ${pageUrl}/ to go on with the conversation, as Alice at the left and as her agents at the right.`);
}

function announceEnd(): void {
  console.log('\nClosing the support desk.');
}

// Nest would log that as an error as well.
if (await isPortInUse(port)) {
  console.error(`Port ${port} is in use. Choose another one: PORT=${port + 1} npm start`);
  process.exit(1);
}
process.once('SIGINT', announceEnd);
process.once('SIGTERM', announceEnd);
await (process.env['TELEGRAM_BOT_TOKEN'] ? runForReal() : runEmbedded());

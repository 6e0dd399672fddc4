import { createServer } from 'node:http';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Bot, webhookCallback } from 'grammy';
import { OnThreadReply, TelegramService, type ThreadReply } from 'nestjs-telegram-support';
import type { BotApiEmulator, EmulatedChat } from 'nestjs-telegram-support/testing';
import { listeningApp } from '../support/desk.app.js';
import { handlerMs, THREADS } from './desk.task.js';

/** Called with the text of each reply that the app has handled. */
export type OnHandled = (text: string) => void;

/** Where an app works. */
export interface DeskWorld {
  readonly emulator: BotApiEmulator;
  readonly chat: EmulatedChat;
  readonly onHandled: OnHandled;
}

/** Starts an app with the module; resolves when its notices can be replied to. */
export async function startModule(world: DeskWorld, redis: string | undefined): Promise<void> {
  const { emulator, chat, onHandled } = world;
  class Handler {
    @OnThreadReply()
    async handle({ text }: ThreadReply): Promise<void> {
      await wait(handlerMs(text));
      onHandled(text);
    }
  }
  const { app, origin } = await listeningApp('express', {
    providers: [Handler],
    telegram: {
      botToken: emulator.bot.token,
      adminChatId: chat.id,
      apiRoot: emulator.apiRoot,
      rateLimit: { messages: 1_000, windowMs: 1_000 },
      ...(redis && { redis }),
    },
  });
  const telegram = app.get(TelegramService, { strict: false });
  await telegram.registerWebhook(`${origin}/telegram/webhook`);
  for (let i = 0; i < THREADS; i += 1) {
    await telegram.notifyNewThread({ threadId: `t${i}`, text: `Question [t${i}]` });
  }
}

/** Starts a bot that does the same: it waits for its handler, as grammY's documentation has it. */
export async function startGrammy({ emulator, chat, onHandled }: DeskWorld): Promise<void> {
  const bot = new Bot(emulator.bot.token, { client: { apiRoot: emulator.apiRoot } });
  bot.on('message:text', async (context) => {
    await wait(handlerMs(context.message.text));
    onHandled(context.message.text);
  });
  const secretToken = 'bench';
  const listen = webhookCallback(bot, 'http', { secretToken });
  const server = createServer((request, response) => void listen(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The server has no port');
  await bot.api.setWebhook(`http://127.0.0.1:${address.port}/`, { secret_token: secretToken });
  for (let i = 0; i < THREADS; i += 1) {
    await bot.api.sendMessage(chat.id, `Question [t${i}]`);
  }
}

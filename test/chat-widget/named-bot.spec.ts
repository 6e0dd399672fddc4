import { Test } from '@nestjs/testing';
import { afterEach, expect, it, vi } from 'vitest';
import { getTelegramToken, TelegramModule, type TelegramService } from '../../src/index.js';
import { SupportChatModule } from '../../src/chat-widget/index.js';
import { BotApiEmulator } from '../../src/testing/index.js';
import { createApp } from '../support/http-adapters.js';
import { LogCapture } from '../support/log-capture.js';
import { ChatClient } from './chat-client.js';

const cleanUp: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).toReversed()) await step();
});

it('gives each of two bots a chat of its own, with threads, visitors and agents apart', async () => {
  const emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000, bots: [{}, {}] });
  cleanUp.push(() => emulator.stop());
  const names = [undefined, 'sales'];
  const chats = emulator.bots.map((bot) => {
    const chat = emulator.createSupergroup({ title: bot.username });
    chat.setBotStatus('administrator', bot);
    return chat;
  });
  const imports = names.flatMap((name, index) => {
    const bot = { botToken: emulator.bots[index]?.token, adminChatId: chats[index]?.id };
    return [
      TelegramModule.forRoot({ ...bot, name, apiRoot: emulator.apiRoot, isGlobal: true }),
      SupportChatModule.forRoot({ bot: name, path: name ?? 'support', anonymous: true }),
    ];
  });
  const builder = Test.createTestingModule({ imports }).setLogger(new LogCapture());
  const app = createApp(await builder.compile(), 'express');
  cleanUp.push(() => app.close());
  await app.listen(0, '127.0.0.1');
  const origin = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  for (const name of names) {
    const telegram = app.get<TelegramService>(getTelegramToken(name), { strict: false });
    await telegram.registerWebhook(`${origin}/telegram/webhook${name ? `/${name}` : ''}`);
  }
  const visitors = names.map((name) => new ChatClient(`${origin}/${name ?? 'support'}/`));
  for (const [index, visitor] of visitors.entries()) {
    await visitor.open();
    const { body } = await visitor.start(`Question ${index}`);
    const notice = await chats[index]?.waitForMessage(
      ({ text = '' }) => text.includes(`Question ${index}`),
      20_000,
    );
    chats[index]?.agent('Ada').reply(notice?.message_id ?? 0, `Answer ${index}`);
    await vi.waitFor(
      async () => {
        const texts = (await visitor.messagesOf(body.thread.id)).map(({ text }) => text);
        expect(texts).toEqual([`Question ${index}`, `Answer ${index}`]);
      },
      { timeout: 20_000 },
    );
  }
  const [first, second] = visitors;
  const foreign = await new ChatClient(second?.base ?? '').call('GET', 'threads', undefined, {
    Cookie: first?.cookie,
  });
  expect(foreign.status).toBe(401);
});

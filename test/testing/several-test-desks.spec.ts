import { Injectable, Module, type INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  InjectTelegram,
  OnThreadReply,
  TelegramModule,
  TelegramService,
  type ThreadReply,
} from '../../src/index.js';
import { TelegramTestDesk, type TelegramTestDeskOptions } from '../../src/testing/index.js';
import { LogCapture } from '../support/log-capture.js';

@Injectable()
class Support {
  readonly replies: string[] = [];

  constructor(
    readonly main: TelegramService,
    @InjectTelegram('sales') readonly sales: TelegramService,
  ) {}

  @OnThreadReply()
  take({ desk, text }: ThreadReply): void {
    this.replies.push(`${desk}: ${text}`);
  }
}

/** An app with two bots, the first of which has two desks, as it runs in production. */
@Module({
  imports: [
    TelegramModule.forRoot({
      botToken: `7000000009:${'x'.repeat(35)}`,
      adminChatId: -1009,
      desks: { billing: { adminChatId: -1010, mode: 'topics' } },
    }),
    TelegramModule.forRootAsync({
      name: 'sales',
      useFactory: () => ({ botToken: `7000000008:${'y'.repeat(35)}`, adminChatId: -1011 }),
    }),
  ],
  providers: [Support],
})
class AppModule {}

describe('TelegramTestDesk for an app with several desks and bots', () => {
  const desks: TelegramTestDesk[] = [];
  afterEach(async () => {
    await Promise.all(desks.splice(0).map((desk) => desk.stop()));
  });

  async function start(
    wanted: TelegramTestDeskOptions,
  ): Promise<{ desk: TelegramTestDesk; app: INestApplication }> {
    const desk = await TelegramTestDesk.start({ emulator: { waitTimeoutMs: 20_000 }, ...wanted });
    desks.push(desk);
    const imports = [AppModule, desk.module];
    const builder = Test.createTestingModule({ imports }).setLogger(new LogCapture());
    const testing = await builder.compile();
    return { desk, app: testing.createNestApplication() };
  }

  it('gives each of them a chat, and connects the webhook of each bot', async () => {
    const { desk, app } = await start({ bots: ['sales'] });
    await desk.connect(app);
    const { main, sales, replies } = app.get(Support);
    await main.notifyNewThread({ threadId: 'b', text: 'to billing', desk: 'billing' });
    await main.notifyNewThread({ threadId: 'd', text: 'to the main desk' });
    await sales.notifyNewThread({ threadId: 's', text: 'to sales' });
    const chats = [desk.chatOf('billing'), desk.chat, desk.chatOf('default', 'sales')];
    for (const [index, word] of ['billing', 'main', 'sales'].entries()) {
      const chat = chats[index];
      const notice = await chat?.waitForMessage(({ text }) => text?.includes(word) === true);
      if (notice) chat?.agent('Ada').reply(notice, `re ${word}`);
    }
    await vi.waitFor(() => expect(replies).toHaveLength(3), 20_000);
    expect(replies.toSorted()).toEqual([
      'billing: re billing',
      'default: re main',
      'default: re sales',
    ]);
    expect(desk.chatOf('default')).toBe(desk.chat);
    expect(desk.chatOf('billing').topics).toHaveLength(1);
  });

  it('says that a bot is missing when the app has one that the test does not name', async () => {
    await expect(start({})).rejects.toThrow("TelegramTestDesk.start({ bots: ['sales'] })");
  });

  it('says so when the app has no bot of a name', async () => {
    const { desk, app } = await start({ bots: ['sales', 'returns'] });
    await expect(desk.connect(app)).rejects.toThrow('does not import TelegramModule with each');
  });
});

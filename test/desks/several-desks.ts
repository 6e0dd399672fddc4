import { Injectable } from '@nestjs/common';
import { inject, onTestFinished } from 'vitest';
import {
  OnDeadLetter,
  OnThreadReply,
  type DeadLetter,
  type DeskOptions,
  type TelegramModuleOptions,
  type ThreadReply,
} from '../../src/index.js';
import { Desks } from '../../src/desk/desks.js';
import type { EmulatedChat, Message } from '../../src/testing/index.js';
import { Gate } from '../support/gate.js';
import { shownText } from '../support/shown-text.js';
import { ownBot } from '../support/own-bot.js';
import { ReplyLog } from '../support/reply-log.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';

/** Where a test keeps what waits. */
export const PLACES = ['memory', 'Redis'] as const;
export type Place = (typeof PLACES)[number];

/** Methods of the app that take what comes from some desks only. */
@Injectable()
export class DeskLog {
  readonly billing: string[] = [];
  readonly main: string[] = [];
  readonly otherBot: string[] = [];
  readonly letters: DeadLetter[] = [];

  @OnThreadReply({ desk: 'billing' })
  takeBilling({ desk, text }: ThreadReply): void {
    this.billing.push(`${desk}: ${text}`);
  }

  @OnThreadReply({ desk: ['default', 'returns'], bot: 'default' })
  takeMain({ desk, text }: ThreadReply): void {
    this.main.push(`${desk}: ${text}`);
  }

  @OnThreadReply({ bot: 'sales' })
  takeSales({ text }: ThreadReply): void {
    this.otherBot.push(text);
  }

  @OnDeadLetter({ desk: 'billing' })
  count(letter: DeadLetter): void {
    this.letters.push(letter);
  }
}

/** A bot with the default desk and further ones, each in a chat of its own. */
export class SeveralDesks {
  private constructor(
    readonly desk: TestDesk,
    private readonly chats: ReadonlyMap<string, EmulatedChat>,
  ) {}

  static async start(
    place: Place,
    desks: Readonly<Record<string, DeskOptions>> = { billing: {} },
    wanted: TestDeskOptions = {},
  ): Promise<SeveralDesks> {
    const chats = new Map<string, EmulatedChat>();
    const own: Record<string, DeskOptions> = {};
    const desk = await TestDesk.start({
      providers: [ReplyLog, DeskLog],
      // Desks of other tests use the same Redis.
      emulator: { bots: [ownBot()] },
      ...wanted,
      chat: (emulator) => {
        for (const [name, options] of Object.entries(desks)) {
          const chat =
            options.mode === 'topics'
              ? emulator.createForum({ title: name })
              : emulator.createSupergroup({ title: name });
          chats.set(name, chat);
          own[name] = Object.assign({}, options, { adminChatId: chat.id });
        }
        const chat = wanted.chat?.(emulator) ?? emulator.createSupergroup({ title: 'Support' });
        chats.set('default', chat);
        return chat;
      },
      options: optionsOf(place, own, wanted.options),
    });
    return new SeveralDesks(desk, chats);
  }

  chat(name: string): EmulatedChat {
    const chat = this.chats.get(name);
    if (!chat) throw new Error(`No chat is named ${name}`);
    return chat;
  }

  /** The texts of the bot in a chat. */
  notices(name: string): string[] {
    return this.chat(name).messages.flatMap((message) =>
      message.from?.id === this.desk.emulator.bot.id && message.text !== undefined
        ? [shownText(message)]
        : [],
    );
  }

  /** What was posted at all desks, in order. */
  get shown(): string {
    const posted = this.desk.emulator.callsOf('sendMessage').filter(({ status }) => status === 200);
    return posted
      .map(({ params }) => String(params['text']).replaceAll(/\u200b|<[^>]*>/g, ''))
      .join('\n');
  }

  /** The notice with the text, as soon as it is in the chat. */
  notice(name: string, text: string): Promise<Message> {
    return this.chat(name).waitForMessage(
      (message) => message.text?.includes(text) === true,
      20_000,
    );
  }

  /** Queues the line at the default desk that says that the thread t1 has moved to billing. */
  async queueMovedLine(moveId: string): Promise<void> {
    const { outbound } = await this.desk.app.get(Desks, { strict: false }).get('default');
    const line = { code: 'thread_moved', threadId: 't1', desk: 'billing', moveId } as const;
    const id = `thread_moved:${moveId}`;
    await outbound.take('thread:t1', { id, payload: { v: 1, type: 'desk.notified', ...line } });
  }

  /** Resolves when the sender of the default desk is busy with the message of another thread, until the gate is opened. */
  async hold(): Promise<Gate> {
    const gate = new Gate();
    this.desk.telegram.api.use({
      intercept: async ({ method }, next) => {
        if (method === 'sendMessage') await gate.pass();
        return next();
      },
    });
    await this.desk.telegram.notifyNewThread({ threadId: 'other', text: 'Hold' });
    await gate.reached;
    return gate;
  }

  get log(): DeskLog {
    return this.desk.app.get(DeskLog);
  }

  stop(): Promise<void> {
    return this.desk.stop();
  }
}

/** Starts several desks, which stop when the test has finished. */
export async function startDesks(
  ...wanted: Parameters<typeof SeveralDesks.start>
): Promise<SeveralDesks> {
  const desks = await SeveralDesks.start(...wanted);
  onTestFinished(() => desks.stop());
  return desks;
}

function optionsOf(
  place: Place,
  desks: Readonly<Record<string, DeskOptions>>,
  options: Partial<TelegramModuleOptions> | undefined,
): Partial<TelegramModuleOptions> {
  return { desks, ...(place === 'Redis' && { redis: inject('redisUrl') }), ...options };
}

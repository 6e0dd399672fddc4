import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from '@grammyjs/types';
import { vi } from 'vitest';
import { DescribeThread, type ThreadDescriptionRequest } from '../../src/index.js';
import type { Message } from '../../src/testing/index.js';
import { ThreadStateRepository } from '../../src/threads/thread-state.repository.js';
import type { ThreadRecord } from '../../src/threads/thread-record.interface.js';
import { AppCommands, CommandDesk, wordsOf, type CommandPlace } from '../agents/command-desk.js';
import { Gate } from '../support/gate.js';
import { ReplyLog } from '../support/reply-log.js';
import type { TestDeskOptions } from '../support/test-desk.js';
import { EventLog } from '../support/topic-desk.js';

/** The app's side of a test: says something of threads. */
@Injectable()
export class Describer {
  readonly requests: ThreadDescriptionRequest[] = [];
  answer: (request: ThreadDescriptionRequest) => unknown = () => null;

  @DescribeThread({ threads: /^t/ })
  async describe(request: ThreadDescriptionRequest): Promise<unknown> {
    this.requests.push(request);
    return this.answer(request);
  }
}

/** A desk, with the card of its thread `t1`. */
export class CardDesk {
  private constructor(readonly commands: CommandDesk) {}

  static async start(place: CommandPlace, wanted: TestDeskOptions = {}): Promise<CardDesk> {
    const providers = [ReplyLog, EventLog, AppCommands, Describer];
    return new CardDesk(await CommandDesk.start(place, { providers, ...wanted }));
  }

  get desk(): CommandDesk['desk'] {
    return this.commands.desk;
  }

  get describer(): Describer {
    return this.desk.app.get(Describer, { strict: false });
  }

  /** The first notice of the thread, as it is now. */
  get card(): Message | undefined {
    return this.desk.chat.messages.find(({ text, caption }) => /🆕/u.test(text ?? caption ?? ''));
  }

  /** What it says, line by line, with the time since when the customer waits as a word. */
  get lines(): string[] {
    return (this.card ? wordsOf(this.card) : '')
      .split('\n')
      .map((line) => line.replace(TIME, 'TIME'));
  }

  get buttons(): Array<Array<InlineKeyboardMarkup['inline_keyboard'][number][number]>> {
    return this.card?.reply_markup?.inline_keyboard ?? [];
  }

  get labels(): string[] {
    return this.buttons.flat().map(({ text }) => text);
  }

  /** The texts of the messages of the bot that are no service messages. */
  get posted(): string[] {
    return this.desk.notices.filter((text) => text !== '');
  }

  /** How often the card was changed. */
  get edits(): number {
    return ['editMessageText', 'editMessageCaption', 'editMessageReplyMarkup']
      .map((method) => this.desk.emulator.callsOf(method).length)
      .reduce((sum, count) => sum + count, 0);
  }

  async record(): Promise<ThreadRecord | null> {
    return this.desk.app.get(ThreadStateRepository, { strict: false }).find('t1');
  }

  /** Opens the thread, and resolves when its first notice stands in the chat. */
  async open(thread: object = {}): Promise<Message> {
    await this.desk.telegram.notifyNewThread({
      threadId: 't1',
      text: 'Help',
      messageId: 'm1',
      ...thread,
    });
    await this.until(() => this.card !== undefined);
    await this.until(async () => (await this.record())?.card !== undefined);
    if (!this.card) throw new Error('There is no card');
    return this.card;
  }

  /** Resolves when the sender is busy with the message of another thread, until the gate is opened. */
  async hold(): Promise<Gate> {
    const gate = new Gate();
    this.desk.telegram.api.use({
      intercept: async ({ method }, next) => {
        if (method === 'sendMessage') await gate.pass();
        return next();
      },
    });
    await this.desk.telegram.notifyUserMessage({ threadId: 'other', text: 'Hold' });
    await gate.reached;
    return gate;
  }

  /** Resolves when something is so. */
  until(isSo: () => boolean | Promise<boolean>, timeout = 25_000): Promise<boolean> {
    return vi.waitUntil(isSo, { timeout, interval: 20 });
  }

  /** Resolves when the card says so. */
  shows(lines: string[]): Promise<void> {
    const wanted = lines.join('\n');
    const look = (): void => {
      const shown = this.lines.join('\n');
      if (shown !== wanted) throw new Error(`The card says:\n${shown}\nIt should say:\n${wanted}`);
    };
    return vi.waitFor(look, { timeout: 25_000, interval: 20 });
  }

  stop(): Promise<void> {
    return this.commands.stop();
  }
}

const TIME = /\d{4}-\d\d-\d\d \d\d:\d\d UTC/;

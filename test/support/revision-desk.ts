import { inject, vi } from 'vitest';
import type { Message } from '../../src/testing/index.js';
import { waitUntilKnown } from './known-notice.js';
import { ownBot } from './own-bot.js';
import { RevisionLog } from './revision-log.js';
import { TestDesk, type TestDeskOptions } from './test-desk.js';

const SLOW = { timeout: 20_000 };

/** A desk with one thread, whose bot is an administrator and so learns of reactions. */
export class RevisionDesk {
  private constructor(
    readonly desk: TestDesk,
    /** The first notice of thread `t1`, which shows message `m1` of the app. */
    readonly notice: Message,
  ) {}

  static async start(
    place: 'memory' | 'Redis',
    wanted: TestDeskOptions = {},
  ): Promise<RevisionDesk> {
    const desk = await TestDesk.start({
      providers: [RevisionLog],
      emulator: { bots: [ownBot()] },
      ...wanted,
      options: {
        rateLimit: { messages: 99, windowMs: 1_000 },
        ...(place === 'Redis' && { redis: inject('redisUrl') }),
        ...wanted.options,
      },
    });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help', messageId: 'm1' });
    const notice = await desk.chat.waitForMessage(({ text }) => text?.includes('Help') === true);
    await waitUntilKnown(desk, notice);
    return new RevisionDesk(desk, notice);
  }

  get log(): RevisionLog {
    return this.desk.app.get(RevisionLog);
  }

  /** Resolves when the app has been called with these lines and no others. */
  async took(...lines: string[]): Promise<void> {
    await vi.waitFor(() => {
      if (this.log.lines.join('\n') !== lines.join('\n'))
        throw new Error(this.log.lines.join('\n'));
    }, SLOW);
  }

  /** Resolves with the words of the bot to an agent that contain a phrase. */
  words(phrase: string): Promise<Message> {
    return this.desk.chat.waitForMessage(({ text }) => text?.includes(phrase) === true, 20_000);
  }
}

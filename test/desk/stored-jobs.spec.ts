import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { DeskStorage } from '../../src/storage/desk-storage.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk } from '../support/test-desk.js';

const PROGRESS = { sentParts: 0, maybeSent: false, alone: false };

describe('Jobs that a version before has stored in Redis', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  it('are posted in order, with the mark of a possible repeat where they had it', async () => {
    desk = await TestDesk.start({
      // Desks of other tests use the same Redis.
      emulator: { bots: [ownBot()] },
      options: { redis: inject('redisUrl'), rateLimit: { messages: 20, windowMs: 60_000 } },
      webhook: false,
    });
    const notice = await desk.telegram.sendMessage('A notice');
    const retry = { attempts: 5, delaysMs: [1_000] };
    const queue = desk.app
      .get(DeskStorage)
      .outbox({ retry, batchSize: 1, concurrency: 1, priorityOf: () => 0 });
    const stored: Array<readonly [key: string, id: string, json: object]> = [
      [
        'thread:t1',
        'm1',
        { kind: 'newThread', threadId: 't1', text: 'Help', ...PROGRESS, maybeSent: true },
      ],
      ['thread:t1', 'm2', { kind: 'userMessage', threadId: 't1', text: 'Now', ...PROGRESS }],
      [
        'agent:1',
        'm3',
        {
          kind: 'notAReply',
          about: { chatId: desk.chat.id, messageId: notice },
          notAReplyReason: 'command',
          ...PROGRESS,
        },
      ],
    ];
    for (const [key, id, json] of stored) {
      await queue.enqueue(key, id, JSON.parse(JSON.stringify(json)));
    }
    await vi.waitFor(() => {
      const shown = desk.notices.join('\n');
      expect(shown).toMatch(
        /\(sent again: the first time may have arrived\)\n🆕 New thread[^]*Help[^]*Now/,
      );
      expect(shown).toContain('Commands have no effect here');
    });
    await queue.close(0);
  });
});

import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BotToken } from '../../src/secrets/bot-token.js';
import { ThreadReferenceSigner } from '../../src/threads/thread-reference-signer.js';
import { ThreadStateRepository } from '../../src/threads/thread-state.repository.js';
import { ReplyLog } from '../support/reply-log.js';
import { TestDesk } from '../support/test-desk.js';
import { EventLog } from '../support/topic-desk.js';
import { readUpdateFixtures } from '../support/update-fixtures.js';
import { hostileBodies, type HostileBody } from './hostile-bodies.js';
import { RawClient } from './raw-client.js';

const BODIES = Number(process.env['FUZZ_TOPIC_BODIES'] ?? 1_500);
const TIMEOUT_MS = 60_000 + BODIES * 10;

const HEADER = 'X-Telegram-Bot-Api-Secret-Token';
const CHAT_ID = -1_009_876_543_210;
const TOPIC_ID = 42;
const token = new BotToken('7000000001:AAHrecordedrecordedrecordedrecorded');
const secret = token.derive('webhook-secret').reveal();
const reference = new ThreadReferenceSigner(token.derive('thread-reference')).link('thread-1');

/** What happens to topics, and what is written in them, all in one forum. */
const recordings = readUpdateFixtures(reference)
  .filter(({ name }) => /forum-topic|message-reaction|my-chat-member/.test(name))
  .map(({ name, body }) => ({ name, body: body.replaceAll('-1001234567890', String(CHAT_ID)) }));

describe(`A desk with topics, given ${BODIES} hostile bodies,`, () => {
  let desk: TestDesk;
  let client: RawClient;
  let updateId = 1_000_000_000;
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown): number => unhandled.push(reason);
  const nextId = (): number => (updateId += 1);

  beforeEach(async () => {
    desk = await TestDesk.start({
      webhook: false,
      emulator: { bots: [{ token: token.reveal() }] },
      providers: [ReplyLog, EventLog],
      options: { adminChatId: CHAT_ID, mode: 'topics', replies: { receipts: false } },
    });
    client = new RawClient(desk.webhookUrl);
    process.on('unhandledRejection', onUnhandled);
    await threads().update('thread-42', {
      topic: { chatId: CHAT_ID, topicId: TOPIC_ID, name: 'Alice', isClosed: false },
    });
  });
  afterEach(async () => {
    process.off('unhandledRejection', onUnhandled);
    client.close();
    await desk.stop();
  });

  const threads = () => desk.app.get(ThreadStateRepository, { strict: false });
  const events = () => desk.app.get(EventLog).events;

  function post(hostile: HostileBody): Promise<number> {
    return client.post(hostile, { [HEADER]: secret });
  }

  /** A recorded update, as Telegram would send it now. */
  async function postGenuine(name: string): Promise<void> {
    const { body = '' } = recordings.find((each) => each.name === name) ?? {};
    const update = JSON.stringify({ ...JSON.parse(body), update_id: nextId() });
    const headers = { 'Content-Type': 'application/json' };
    expect(await post({ body: update, headers })).toBe(200);
  }

  it(
    'answers no 5xx, hands the app well-formed events of its threads, and works afterwards',
    async () => {
      const bodies = hostileBodies(
        recordings.map(({ body }) => body),
        nextId,
      );
      await fc.assert(
        fc.asyncProperty(bodies, async (hostile) => {
          expect([200, 400, 413, 415]).toContain(await post(hostile));
          for (const { id, type, threadId, agent, at, text = '' } of events().splice(0)) {
            expect(['closed', 'reopened', 'noted']).toContain(type);
            expect(threadId).toMatch(/^thread-(1|42)$/);
            expect([id, text].every((value) => typeof value === 'string')).toBe(true);
            expect(agent === null || Number.isSafeInteger(agent.id)).toBe(true);
            expect(Number.isNaN(at.getTime())).toBe(false);
          }
        }),
        { numRuns: BODIES, seed: 1 },
      );
      expect(unhandled).toEqual([]);
      expect(await threads().findByTopic(CHAT_ID, TOPIC_ID)).toBe('thread-42');
      await threads().update('thread-42', { status: 'waiting' });
      await postGenuine('service-forum-topic-closed');
      await vi.waitFor(() => expect(events()).toMatchObject([{ type: 'closed' }]), 20_000);
      expect((await threads().find('thread-42'))?.status).toBe('closed');
      const before = desk.replies.replies.length;
      await postGenuine('forum-topic-message');
      expect(desk.replies.replies.slice(before)).toMatchObject([{ threadId: 'thread-42' }]);
    },
    TIMEOUT_MS,
  );
});

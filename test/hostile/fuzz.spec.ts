import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotToken } from '../../src/secrets/bot-token.js';
import { ThreadReferenceSigner } from '../../src/threads/thread-reference-signer.js';
import { macrotask } from '../support/gate.js';
import { adapterNames } from '../support/http-adapters.js';
import { TestDesk } from '../support/test-desk.js';
import { readUpdateFixtures } from '../support/update-fixtures.js';
import { hostileBodies, type HostileBody } from './hostile-bodies.js';
import { heldBytes } from './memory-gauge.js';
import { RawClient } from './raw-client.js';
import { mayReach } from './reply-oracle.js';

/**
 * The number of bodies for each adapter, 2,000 by default. FUZZ_SEED repeats a run, or is `random`; by
 * default every run has the same bodies.
 */
const BODIES = Number(process.env['FUZZ_BODIES'] ?? 2_000);
const { FUZZ_SEED = '1' } = process.env;
const SEED = FUZZ_SEED === 'random' ? {} : { seed: Number(FUZZ_SEED) };
const TIMEOUT_MS = 60_000 + BODIES * 10;

/** A genuine reply follows after this many other bodies. */
const BODIES_PER_REPLY = 50;
const MOST_GROWTH_BYTES = 20 * 1024 * 1024;

const HEADER = 'X-Telegram-Bot-Api-Secret-Token';
const ADMIN_CHAT_ID = -1_001_234_567_890;
const token = new BotToken('7000000001:AAHrecordedrecordedrecordedrecorded');
const secret = token.derive('webhook-secret').reveal();
const reference = new ThreadReferenceSigner(token.derive('thread-reference')).link('thread-1');
const recordings = readUpdateFixtures(reference);
const rule = { adminChatId: ADMIN_CHAT_ID, botId: token.botId, reference };

describe.each(adapterNames)(`The webhook on %s, given ${BODIES} hostile bodies,`, (adapter) => {
  let desk: TestDesk;
  let client: RawClient;
  let updateId = 1_000_000_000;
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown): number => unhandled.push(reason);
  const nextId = (): number => (updateId += 1);
  const bodies = hostileBodies(
    recordings.map(({ body }) => body),
    nextId,
  );

  beforeEach(async () => {
    desk = await TestDesk.start({
      adapter,
      webhook: false,
      emulator: { bots: [{ token: token.reveal() }] },
      options: { adminChatId: ADMIN_CHAT_ID, replies: { receipts: false } },
    });
    client = new RawClient(desk.webhookUrl);
    process.on('unhandledRejection', onUnhandled);
  });
  afterEach(async () => {
    process.off('unhandledRejection', onUnhandled);
    client.close();
    await desk.stop();
  });

  /** The replies that the app has received since the last call. */
  function taken(): unknown[] {
    return desk.replies.replies.splice(0).map(({ raw }) => raw);
  }

  async function expectGenuineReplyTaken(): Promise<void> {
    const genuine = recordings.find(({ name }) => name === 'supergroup-reply-text')?.body ?? '';
    const update = { ...JSON.parse(genuine), update_id: nextId() };
    const headers = { 'Content-Type': 'application/json' };
    expect(await client.post({ body: JSON.stringify(update), headers }, { [HEADER]: secret })).toBe(
      200,
    );
    expect(taken()).toEqual([update.message]);
  }

  it(
    'answers no 5xx, delivers genuine replies and nothing else, and leaks no memory',
    async () => {
      const statuses = new Map<number, number>();
      let [count, replies, heldAtFirst] = [0, 0, 0];
      await fc.assert(
        fc.asyncProperty(bodies, async (hostile: HostileBody) => {
          const status = await client.post(hostile, { [HEADER]: secret });
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          expect([200, 400, 413, 415]).toContain(status);
          for (const message of taken()) {
            replies += 1;
            // Edits and channel posts are not replies.
            expect(mayReach(jsonOf(hostile) ?? { message }, rule)).toBe(true);
          }
          count += 1;
          if (count % BODIES_PER_REPLY === 0) await expectGenuineReplyTaken();
          // By now all code is compiled.
          if (count === BODIES / 4) heldAtFirst = heldBytes();
        }),
        { numRuns: BODIES, ...SEED },
      );
      await macrotask();
      const grownBytes = heldBytes() - heldAtFirst;
      expect(unhandled).toEqual([]);
      expect(grownBytes).toBeLessThan(MOST_GROWTH_BYTES);
      // The bodies are neither all invalid nor all valid.
      expect(Math.min(statuses.get(200) ?? 0, statuses.get(400) ?? 0)).toBeGreaterThan(BODIES / 20);
      expect(replies).toBeGreaterThan(0);
      await expectGenuineReplyTaken();
      report({
        adapter,
        bodies: count,
        replies,
        grownKb: grownBytes >> 10,
        ...Object.fromEntries(statuses),
      });
    },
    TIMEOUT_MS,
  );

  it(
    'answers 401 or 400 and does nothing for bodies without the secret',
    async () => {
      const guesses = fc.oneof(
        fc.constantFrom(
          '',
          ' ',
          secret.slice(1),
          `${secret}x`,
          `${secret},${secret}`,
          token.reveal(),
        ),
        fc.string({ unit: 'grapheme-ascii' }),
      );
      const wrong = guesses.filter((guess) => guess.trim() !== secret);
      await fc.assert(
        fc.asyncProperty(bodies, fc.option(wrong), async (hostile, guess) => {
          const status = await client.post(hostile, guess === null ? {} : { [HEADER]: guess });
          // Invalid HTTP is rejected before the secret is checked.
          expect([400, 401, 413, 415]).toContain(status);
          expect(taken()).toEqual([]);
        }),
        { numRuns: Math.ceil(BODIES / 10), ...SEED },
      );
      // The check at boot reports that this chat does not exist.
      const complaints = desk.log.lines.filter(({ level }) => level !== 'log');
      expect(complaints.filter(({ text }) => !text.includes('adminChatId'))).toEqual([]);
      expect(desk.calls).toEqual([]);
      expect(unhandled).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

/** The body as JSON; undefined when it is sent in another form. */
function jsonOf({ body }: HostileBody): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : undefined;
  } catch {
    return undefined;
  }
}

/** Prints the figures of a long run. */
function report(figures: object): void {
  if (process.env['FUZZ_BODIES']) process.stdout.write(`${JSON.stringify(figures)}\n`);
}

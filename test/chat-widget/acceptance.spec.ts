import { Injectable } from '@nestjs/common';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryTranscriptStore } from '../../src/chat-widget/transcripts/memory-transcript-store.js';
import type {
  AppendedMessage,
  NewTranscriptMessage,
  TranscriptMessage,
  TranscriptThread,
  TranscriptThreadChange,
} from '../../src/chat-widget/transcripts/transcript.interface.js';
import { SystemClock } from '../../src/common/system-clock.js';
import { Gate } from '../support/gate.js';
import { ownBot } from '../support/own-bot.js';
import { RedisServer } from '../support/redis-server.js';
import type { ChatAnswer, ChatClient } from './chat-client.js';
import { byHeader, ChatDesk } from './chat-desk.js';
import { ChatTalk } from './chat-talk.js';
import { LIMITS } from './transcripts/transcript-stores.js';

const SLOW = { timeout: 20_000, interval: 200 };

/** The chat works, and the desk does not: Redis denies its keys. */
describe('What a customer does in the chat while the desk takes nothing', () => {
  let chat: ChatDesk;
  let redis: RedisServer;
  let admin: Redis;
  let ann: ChatClient;

  beforeEach(async () => {
    redis = await RedisServer.start();
    admin = new Redis(redis.url);
    await allow('~*');
    chat = await ChatDesk.start({
      emulator: { bots: [ownBot()] },
      options: { redis: redis.url.replace('//', '//app:secret@') },
      support: { customer: byHeader, rateLimit: { messages: 8, windowMs: 600_000 } },
    });
    ann = chat.customer('ann');
  });
  afterEach(async () => {
    admin.disconnect();
    await chat.stop();
    await redis.stop();
  });

  const allow = (...keys: string[]) =>
    admin.call('ACL', 'SETUSER', 'app', 'reset', 'on', '>secret', '+@all', '&*', ...keys);

  const whatTheCustomerSees = async (threadId: string) => {
    const { body } = await ann.call('GET', `threads/${threadId}/messages`);
    return { thread: body.thread, messages: body.messages };
  };

  const whenAllowed = (again: () => Promise<ChatAnswer>): Promise<ChatAnswer> =>
    vi.waitFor(async () => {
      const answer = await again();
      if (answer.status >= 400) throw new Error(`still ${answer.status}`);
      return answer;
    }, SLOW);

  const message = { clientId: 'two', text: 'Second' };

  it.each<[string, string, string, object | undefined]>([
    ['a message', 'POST', 'messages', message],
    ['an edit', 'PATCH', 'messages/c:one', { text: 'First, edited' }],
    ['a deletion', 'DELETE', 'messages/c:one', undefined],
    ['a reaction', 'PUT', 'messages/c:one/reaction', { emoji: '👍' }],
    ['a rating', 'POST', 'rating', { stars: 5 }],
    ['a closing', 'POST', 'close', {}],
  ])('is not shown as done before it is: %s', async (_name, method, path, input) => {
    const { body } = await ann.call('POST', 'threads', { clientId: 'one', text: 'First' });
    const { id } = body.thread;
    await chat.notice('First');
    const before = await whatTheCustomerSees(id);
    await allow('~tg:chat:*');
    const act = () => ann.call(method, `threads/${id}/${path}`, input);
    const failed = await act();
    expect([failed.status, failed.body.error]).toEqual([503, 'unavailable']);
    expect(await whatTheCustomerSees(id)).toEqual(before);
    await allow('~*');
    await whenAllowed(act);
    const after = await whatTheCustomerSees(id);
    expect(after.thread.cursor).toBeGreaterThan(before.thread.cursor);
  });

  it('opens a closed thread only with the message that does', async () => {
    const { body } = await ann.call('POST', 'threads', { clientId: 'one', text: 'First' });
    const { id } = body.thread;
    await ann.call('POST', `threads/${id}/close`, {});
    const before = await whatTheCustomerSees(id);
    await allow('~tg:chat:*');
    const post = () => ann.call('POST', `threads/${id}/messages`, message);
    expect((await post()).status).toBe(503);
    expect(await whatTheCustomerSees(id)).toEqual(before);
    await allow('~*');
    await whenAllowed(post);
    await post();
    const { thread, messages } = await whatTheCustomerSees(id);
    expect(thread.status).toBe('open');
    expect(messages.map(({ text, event }) => text ?? event)).toEqual([
      'First',
      'closed',
      'reopened',
      'Second',
    ]);
    await chat.notice('Second');
  });

  it('lists no thread that was not opened, and opens it when the same is sent again', async () => {
    await allow('~tg:chat:*');
    const open = () => ann.call('POST', 'threads', { clientId: 'one', text: 'First' });
    expect((await open()).status).toBe(503);
    expect((await ann.call('GET', 'threads')).body.threads).toEqual([]);
    expect((await ann.open()).body.threads).toEqual([]);
    await allow('~*');
    const { body } = await whenAllowed(open);
    expect((await ann.call('GET', 'threads')).body.threads).toEqual([body.thread]);
    await chat.notice('First');
    expect(chat.desk.notices.filter((text) => text.includes('First'))).toHaveLength(1);
  });

  it('counts a message once, however often it is sent again', async () => {
    const { body } = await ann.call('POST', 'threads', { clientId: 'one', text: 'First' });
    const post = (clientId: string) =>
      ann.call('POST', `threads/${body.thread.id}/messages`, { clientId, text: clientId });
    await allow('~tg:chat:*');
    for (let time = 0; time < 10; time += 1) expect((await post('two')).status).toBe(503);
    await allow('~*');
    await whenAllowed(() => post('two'));
    const statuses: number[] = [];
    for (const clientId of ['3', '4', '5', '6', '7', '8', '9']) {
      statuses.push((await post(clientId)).status);
    }
    expect(statuses).toEqual([201, 201, 201, 201, 201, 201, 429]);
  });
});

/** The store of an app: it fails, waits and is uneven when a test wants it to. */
@Injectable()
class UnevenStore extends MemoryTranscriptStore {
  gate: Gate | undefined;
  failures = 0;
  /** How many changes of the status are to fail. */
  statusFailures = 0;
  /** Runs before a customer's message is appended, when the desk has it. */
  beforeAppend: (() => Promise<void>) | undefined;
  isUneven = false;
  #calls = 0;

  constructor() {
    super(new SystemClock(), LIMITS);
  }

  override async append(
    threadId: string,
    message: NewTranscriptMessage,
  ): Promise<AppendedMessage | null> {
    if (message.author.kind === 'customer') {
      await this.gate?.pass();
      await this.beforeAppend?.();
      if (this.failures > 0) {
        this.failures -= 1;
        throw new Error('the database does not answer');
      }
    }
    await this.#pause();
    return super.append(threadId, message);
  }

  override async find(threadId: string, messageId: string): Promise<TranscriptMessage | null> {
    await this.#pause();
    return super.find(threadId, messageId);
  }

  override updateThread(
    threadId: string,
    change: TranscriptThreadChange,
  ): Promise<TranscriptThread | null> {
    if (change.status === undefined || this.statusFailures === 0) {
      return super.updateThread(threadId, change);
    }
    this.statusFailures -= 1;
    return Promise.reject(new Error('the database does not answer'));
  }

  /** Each second call takes longer than the one behind it. */
  async #pause(): Promise<void> {
    this.#calls += 1;
    const turns = this.isUneven && this.#calls % 2 === 0 ? 50 : 0;
    for (let turn = 0; turn < turns; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

describe('The messages of a customer, in a store of the app,', () => {
  let talk: ChatTalk;
  let store: UnevenStore;
  afterEach(async () => {
    store.gate?.open();
    await talk.stop();
  });

  const start = async (): Promise<void> => {
    talk = await ChatTalk.start({
      support: {
        customer: byHeader,
        store: UnevenStore,
        rateLimit: { messages: 99, windowMs: 1_000 },
      },
    });
    const given = talk.chat.store;
    if (!(given instanceof UnevenStore)) throw new TypeError('The chat has another store');
    store = given;
  };

  const post = (text: string): Promise<ChatAnswer> =>
    talk.client.call('POST', `${talk.path}/messages`, {
      clientId: text.replace('.', ''),
      text,
    });

  it('stand before the answers of agents who are quicker than the store', async () => {
    await start();
    const gate = new Gate();
    store.gate = gate;
    const posted = post('Question');
    const notice = await talk.chat.notice('Question');
    await talk.knows(notice);
    talk.ada.reply(notice, 'Answer');
    talk.ada.react(notice, '❤');
    gate.open();
    expect((await posted).status).toBe(201);
    await talk.sees(({ text }) => text === 'Answer');
    await talk.sees(({ reactions }) => reactions?.agents?.[0] === '❤');
    const texts = (await talk.messages()).map(({ text }) => text);
    expect(texts).toEqual(['Hello', 'Question', 'Answer']);
  });

  it('come once to both sides when the store fails after the desk has taken one', async () => {
    await start();
    store.failures = 1;
    const failed = await post('Question');
    expect([failed.status, failed.body.error]).toEqual([503, 'unavailable']);
    await talk.chat.notice('Question');
    expect((await talk.messages()).map(({ text }) => text)).toEqual(['Hello']);
    expect((await post('Question')).status).toBe(201);
    expect((await post('Question')).status).toBe(200);
    await post('Next');
    await talk.chat.notice('Next');
    expect((await talk.messages()).map(({ text }) => text)).toEqual(['Hello', 'Question', 'Next']);
    expect(talk.chat.desk.notices.join('\n').match(/Question/g)).toHaveLength(1);
  });

  it('are answered 404 and leave nothing in Telegram when their thread is purged meanwhile', async () => {
    await start();
    const { emulator, telegram } = talk.chat.desk;
    // As another process does, between whose steps the desk takes the message.
    await telegram.purgeThread({ threadId: talk.threadId });
    await vi.waitFor(() => expect(emulator.callsOf('deleteForumTopic')).toHaveLength(1), SLOW);
    store.beforeAppend = () => store.purgeThread(talk.threadId);
    expect((await post('Question')).status).toBe(404);
    await vi.waitFor(() => expect(emulator.callsOf('deleteForumTopic')).toHaveLength(2), SLOW);
  });

  it('stand in a thread that an agent has closed, also when the store fails at first', async () => {
    await start();
    store.statusFailures = 1;
    talk.chat.desk.chat.agent('Ada').closeTopic(talk.notice.message_thread_id ?? 0);
    await talk.threadIs(({ status }) => status === 'closed');
    const events = (await talk.messages()).map(({ text, event }) => text ?? event);
    expect(events).toEqual(['Hello', 'closed']);
  });

  it('have one order on both sides when they come at the same moment', async () => {
    await start();
    store.isUneven = true;
    const texts = Array.from({ length: 12 }, (_, place) => `Message-${place}.`);
    const answers = await Promise.all(texts.map((text) => post(text)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    await vi.waitFor(() => {
      const shown = talk.chat.desk.notices.join('\n').match(/Message-\d+\./g) ?? [];
      expect(shown).toHaveLength(texts.length);
    }, SLOW);
    const atDesk = talk.chat.desk.notices.join('\n').match(/Message-\d+\./g);
    const inTranscript = (await talk.messages()).slice(1).map(({ text }) => text);
    expect(inTranscript).toEqual(atDesk);
  });
});

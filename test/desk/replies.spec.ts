import { Injectable, Scope } from '@nestjs/common';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { OnThreadReply, ThreadMappingRepository, type ThreadReply } from '../../src/index.js';
import { ThreadMappingError } from '../../src/errors/index.js';
import { BotApiEmulator, VirtualClock, type Message } from '../../src/testing/index.js';
import { Gate, macrotask } from '../support/gate.js';
import { ReplyLog } from '../support/reply-log.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';

describe("An agent's reply", () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  /** A desk with one notice of the thread `t1`. */
  async function startWithNotice(options: TestDeskOptions = {}): Promise<Message> {
    desk = await TestDesk.start(options);
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    return desk.chat.waitForMessage(({ text }) => text?.includes('Help') === true);
  }

  function taken(): string[] {
    return desk.replies.replies.map(({ text }) => text);
  }

  /** Waits until all that was sent to the app so far has been dealt with. */
  async function settled(): Promise<void> {
    await desk.emulator.idle();
  }

  describe('that answers a notice', () => {
    it.each([
      ['a supergroup', (emulator: BotApiEmulator) => emulator.createSupergroup({ title: 'S' })],
      ['a basic group', (emulator: BotApiEmulator) => emulator.createGroup({ title: 'S' })],
      [
        'a forum',
        (emulator: BotApiEmulator) => emulator.createSupergroup({ title: 'S', isForum: true }),
      ],
      [
        'a public group',
        (emulator: BotApiEmulator) =>
          emulator.createSupergroup({ title: 'S', username: 'the_desk' }),
      ],
      ['a private chat', (emulator: BotApiEmulator) => emulator.createPrivateChat('Ada')],
    ])('reaches its thread in %s', async (_name, chat) => {
      const notice = await startWithNotice({ chat });
      desk.chat.agent('Ada').reply(notice, 'Hello');
      await settled();
      expect(desk.replies.replies).toMatchObject([{ threadId: 't1', text: 'Hello' }]);
    });

    it('reaches its thread when adminChatId is a username', async () => {
      let username = '';
      desk = await TestDesk.start({
        chat: (emulator) =>
          emulator.createSupergroup({ title: 'S', username: (username = 'the_desk') }),
        options: { adminChatId: '@The_Desk' },
      });
      await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
      const notice = await desk.chat.waitForMessage(() => true);
      desk.chat.agent('Ada').reply(notice, 'Hello');
      await settled();
      expect(username && taken()).toEqual(['Hello']);
    });

    it('reaches its thread when an anonymous administrator writes it', async () => {
      const notice = await startWithNotice();
      desk.chat.agent('Ada').anonymously('Lead').reply(notice, 'Hello');
      await settled();
      expect(desk.replies.replies).toMatchObject([
        { agent: { id: desk.chat.id, name: 'Lead', anonymous: true } },
      ]);
    });

    it('reaches its thread when an agent writes as a channel', async () => {
      const notice = await startWithNotice();
      desk.chat.agent('Ada').asChannel('Our News').reply(notice, 'Hello');
      await settled();
      expect(desk.replies.replies).toMatchObject([
        { agent: { name: 'Our News', anonymous: true } },
      ]);
    });

    it('reaches its thread by the signed reference when the mapping is gone', async () => {
      const notice = await startWithNotice();
      desk.app.get(ThreadMappingRepository).find = () => Promise.resolve(null);
      desk.chat.agent('Ada').reply(notice, 'After a year');
      await settled();
      expect(desk.replies.replies).toMatchObject([{ threadId: 't1', text: 'After a year' }]);
    });

    it('reaches its thread by the signed reference when the mapping store does not answer', async () => {
      const notice = await startWithNotice();
      const down = new ThreadMappingError('look up', new Error('no answer'));
      desk.app.get(ThreadMappingRepository).find = () => Promise.reject(down);
      desk.chat.agent('Ada').reply(notice, 'All the same');
      await settled();
      expect(taken()).toEqual(['All the same']);
    });

    it('reaches its thread when it answers any part of a long notice, or a follow-up', async () => {
      desk = await TestDesk.start();
      await desk.telegram.notifyNewThread({ threadId: 't1', text: 'word '.repeat(1_000) });
      const part = await desk.chat.waitForMessage(({ text }) => text?.includes('(2/2)') === true);
      await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'more' });
      const more = await desk.chat.waitForMessage(({ text }) => text?.endsWith('more') === true);
      for (const notice of [part, more]) desk.chat.agent('Ada').reply(notice, 'Hello');
      await settled();
      expect(desk.replies.replies.map(({ threadId }) => threadId)).toEqual(['t1', 't1']);
    });

    it('reaches the handler as text and as HTML for a web page', async () => {
      const notice = await startWithNotice();
      desk.chat.agent('Ada').reply(notice, 'see <this> now', {
        entities: [{ type: 'bold', offset: 4, length: 6 }],
      });
      await settled();
      expect(desk.replies.replies).toMatchObject([
        { text: 'see <this> now', html: 'see <b>&lt;this&gt;</b> now' },
      ]);
    });
  });

  describe('that answers no notice', () => {
    it('reaches no handler when agents talk among themselves', async () => {
      await startWithNotice();
      const remark = desk.chat.agent('Ada').write('Who takes this?');
      desk.chat.agent('Grace').reply(remark, 'Me');
      await settled();
      expect(taken()).toEqual([]);
      // A reply to nothing brings a hint; a reply to a colleague is talk.
      await desk.chat.waitForMessage(({ text }) => text?.includes('not a reply') === true);
      expect(desk.notices).toHaveLength(2);
    });

    it('reaches no handler when another bot writes it', async () => {
      const notice = await startWithNotice();
      const id = 870_000_000;
      desk.emulator.deliver({
        update_id: id,
        message: {
          message_id: 50,
          date: 1,
          chat: { id: desk.chat.id, type: 'supergroup', title: 'S' },
          from: { id: 9, is_bot: true, first_name: 'Robot' },
          text: 'beep',
          reply_to_message: notice,
        },
      });
      await settled();
      expect(taken()).toEqual([]);
    });

    it('reaches no handler when it answers a message of the same id in another chat', async () => {
      await startWithNotice();
      const elsewhere = desk.emulator.createSupergroup({ title: 'Elsewhere' });
      await desk.telegram.api.call('sendMessage', { chat_id: elsewhere.id, text: 'Hi' });
      elsewhere.agent('Eve').reply(1, 'Into your thread');
      await settled();
      expect(desk.emulator.deliveries).toHaveLength(1);
      expect(taken()).toEqual([]);
    });

    it('reaches no handler when it answers a forwarded copy of a notice', async () => {
      const notice = await startWithNotice();
      const copy = desk.chat.agent('Eve').write(notice.text ?? '', {
        entities: notice.entities ?? [],
        forward_origin: { type: 'hidden_user', sender_user_name: 'Desk', date: notice.date },
      });
      desk.chat.agent('Eve').reply(copy, 'Into your thread');
      await settled();
      expect(taken()).toEqual([]);
    });

    it('reaches no handler when the linked channel posts it', async () => {
      await startWithNotice();
      desk.chat.linkedChannelPost('News');
      await settled();
      expect(taken()).toEqual([]);
    });
  });

  describe('that cannot be delivered', () => {
    it('notifies the agent once when no thread belongs to the message it answers', async () => {
      await startWithNotice();
      const messageId = await desk.telegram.sendMessage('A remark of the app');
      const reply = desk.chat.agent('Ada').reply(messageId ?? 0, 'To whom?');
      const notice = await desk.chat.waitForMessage(
        ({ text }) => text?.includes('Not delivered') === true,
      );
      expect(notice.reply_to_message?.message_id).toBe(reply.message_id);
      const [delivery] = desk.emulator.deliveries;
      desk.emulator.deliver(delivery?.update);
      await settled();
      expect(desk.notices.filter((text) => text.includes('Not delivered'))).toHaveLength(1);
    });

    it('notifies its author when that is no registered agent', async () => {
      desk = await TestDesk.start({ options: { agents: [501] } });
      await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
      const question = await desk.chat.waitForMessage(() => true);
      desk.chat.agent('Ada', { id: 501 }).reply(question, 'From an agent');
      desk.chat.agent('Eve', { id: 666 }).reply(question, 'From a stranger');
      desk.chat.agent('Bob').anonymously().reply(question, 'From nobody');
      await vi.waitFor(() => {
        expect(desk.notices.filter((text) => text.includes('registered agents'))).toHaveLength(2);
      }, 20_000);
      expect(taken()).toEqual(['From an agent']);
    });

    it('notifies the same stranger once a day, so that nobody uses up the rate limit', async () => {
      const question = await startWithNotice({ options: { agents: [501] } });
      for (const text of ['one', 'two', 'three']) {
        desk.chat.agent('Eve', { id: 666 }).reply(question, text);
      }
      desk.chat.agent('Bob', { id: 667 }).reply(question, 'four');
      await settled();
      await vi.waitFor(() => {
        expect(desk.notices.filter((text) => text.includes('registered agents'))).toHaveLength(2);
      }, 20_000);
    });

    it('leaves the next notice of the thread replying to the last notice when it failed', async () => {
      const question = await startWithNotice({ options: { replies: { attempts: 1 } } });
      desk.replies.before = () => {
        throw Object.create(null);
      };
      desk.chat.agent('Ada').reply(question, 'Hello');
      await desk.chat.waitForMessage(({ text }) => text?.includes('did not reach') === true);
      await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'more' });
      const more = await desk.chat.waitForMessage(({ text }) => text?.endsWith('more') === true);
      expect(more.reply_to_message?.message_id).toBe(question.message_id);
    });

    it('is offered 5 times, then the agent is notified why it failed', async () => {
      const clock = new VirtualClock();
      const question = await startWithNotice({ clock });
      const attemptedAtMs: number[] = [];
      desk.replies.before = () => {
        attemptedAtMs.push(clock.now());
        throw new Error('The database <is> away');
      };
      const reply = desk.chat.agent('Ada').reply(question, 'Hello');
      for (const [i, delayMs] of [1_000, 5_000, 30_000, 120_000].entries()) {
        await vi.waitFor(() => expect(attemptedAtMs).toHaveLength(i + 1), 20_000);
        await macrotask();
        clock.advance(delayMs);
      }
      const notice = await desk.chat.waitForMessage(
        ({ text }) => text?.includes('did not reach') === true,
      );
      expect(notice.text).toContain('The database <is> away');
      expect(notice.reply_to_message?.message_id).toBe(reply.message_id);
      expect(attemptedAtMs.map((atMs) => atMs - (attemptedAtMs[0] ?? 0))).toEqual([
        0, 1_000, 6_000, 36_000, 156_000,
      ]);
      expect(desk.chat.reactionsOn(reply.message_id)).toEqual([]);
      desk.replies.before = () => undefined;
      desk.chat.agent('Ada').reply(notice, 'Second try');
      await vi.waitFor(() => expect(taken()).toEqual(['Second try']), 20_000);
    });

    it('notifies the agent at once when the app has no handler', async () => {
      const question = await startWithNotice({ providers: [] });
      desk.chat.agent('Ada').reply(question, 'Hello');
      await desk.chat.waitForMessage(({ text }) => text?.includes('@OnThreadReply()') === true);
      await settled();
      expect(desk.log.with('warn', 'replies reach no one')).toHaveLength(1);
    });
  });

  describe('that is accepted', () => {
    it('is handled in the order of its thread, while other threads go on', async () => {
      const question = await startWithNotice();
      const numbers = Array.from({ length: 10 }, (_, i) => String(i));
      for (const number of numbers) desk.chat.agent('Ada').reply(question, number);
      await settled();
      expect(taken()).toEqual(numbers);
    });

    it('is handled once when Telegram delivers the update twice', async () => {
      const question = await startWithNotice();
      desk.chat.agent('Ada').reply(question, 'Hello');
      await settled();
      const [delivery] = desk.emulator.deliveries;
      desk.emulator.deliver(delivery?.update);
      await settled();
      expect(desk.emulator.deliveries.map(({ status }) => status)).toEqual([200, 200]);
      expect(taken()).toEqual(['Hello']);
    });

    it('is handled before the webhook answers 200', async () => {
      const question = await startWithNotice();
      const gate = new Gate();
      desk.replies.before = () => gate.pass();
      desk.chat.agent('Ada').reply(question, 'Hello');
      await gate.reached;
      expect(desk.emulator.deliveries).toMatchObject([{ status: null }]);
      gate.open();
      await settled();
      expect(desk.emulator.deliveries).toMatchObject([{ status: 200 }]);
    });

    it('is still handled when that takes longer than the webhook may wait', async () => {
      const clock = new VirtualClock();
      const question = await startWithNotice({ clock });
      const gate = new Gate();
      desk.replies.before = () => gate.pass();
      desk.chat.agent('Ada').reply(question, 'Slow');
      await gate.reached;
      await macrotask();
      clock.advance(15_000);
      await settled();
      expect(desk.emulator.deliveries).toMatchObject([{ status: 200 }]);
      expect(taken()).toEqual([]);
      gate.open();
      await vi.waitFor(() => expect(taken()).toEqual(['Slow']), 20_000);
    });

    it("puts a 👍 on the agent's message when it was handled", async () => {
      const question = await startWithNotice();
      const reply = desk.chat.agent('Ada').reply(question, 'Hello');
      expect(await desk.chat.waitForReaction(reply.message_id)).toEqual(['👍']);
    });

    it('puts no 👍 on the message with replies.receipts: false', async () => {
      const question = await startWithNotice({ options: { replies: { receipts: false } } });
      desk.chat.agent('Ada').reply(question, 'Hello');
      await settled();
      await desk.app.close();
      expect(desk.emulator.callsOf('setMessageReaction')).toEqual([]);
    });

    it('is handled when Telegram refuses the 👍', async () => {
      const question = await startWithNotice();
      const refusal = { errorCode: 400, description: 'Bad Request: REACTION_INVALID' };
      desk.emulator.failNext('setMessageReaction', { kind: 'error', ...refusal });
      desk.chat.agent('Ada').reply(question, 'Hello');
      await vi.waitFor(
        () => expect(desk.log.with('warn', 'REACTION_INVALID')).toHaveLength(1),
        20_000,
      );
      expect(taken()).toEqual(['Hello']);
    });
  });

  describe('with several handlers', () => {
    const calls: string[] = [];
    let audit: 'works' | 'fails' = 'works';

    @Injectable()
    class Audit {
      @OnThreadReply()
      record({ text }: ThreadReply): void {
        calls.push(`Audit ${text}`);
        if (audit === 'fails') throw new Error('no disk');
      }

      @OnThreadReply()
      async count({ text }: ThreadReply): Promise<void> {
        calls.push(await Promise.resolve(`Audit.count ${text}`));
      }

      record2(): void {
        calls.push('not decorated');
      }
    }

    @Injectable({ scope: Scope.REQUEST })
    class PerRequest {
      @OnThreadReply()
      handle(): void {
        calls.push('PerRequest');
      }
    }

    it('is passed to every decorated method of every provider', async () => {
      calls.length = 0;
      audit = 'works';
      const question = await startWithNotice({ providers: [ReplyLog, Audit] });
      desk.chat.agent('Ada').reply(question, 'Hello');
      await settled();
      expect(calls).toEqual(['Audit Hello', 'Audit.count Hello']);
      expect(taken()).toEqual(['Hello']);
    });

    it('is passed to methods of values and of factory results, but not of transient classes', async () => {
      calls.length = 0;
      @Injectable({ scope: Scope.TRANSIENT })
      class Transient extends Audit {}
      const question = await startWithNotice({
        providers: [
          { provide: 'value', useValue: new Audit() },
          { provide: 'made', useFactory: () => new ReplyLog() },
          { provide: 'alias', useExisting: 'made' },
          Transient,
          ReplyLog,
        ],
      });
      desk.chat.agent('Ada').reply(question, 'Hello');
      await settled();
      expect(calls).toEqual(['Audit Hello', 'Audit.count Hello']);
      expect(desk.app.get<ReplyLog>('made').replies).toHaveLength(1);
      expect(taken()).toEqual(['Hello']);
      expect(desk.log.with('warn', 'Transient.record()')).toHaveLength(1);
    });

    it('is passed again only to the handlers that failed', async () => {
      calls.length = 0;
      audit = 'fails';
      const clock = new VirtualClock();
      const question = await startWithNotice({ providers: [ReplyLog, Audit], clock });
      desk.chat.agent('Ada').reply(question, 'Hello');
      await vi.waitFor(() => expect(calls).toHaveLength(2), 20_000);
      audit = 'works';
      await macrotask();
      clock.advance(1_000);
      await settled();
      expect(calls).toEqual(['Audit Hello', 'Audit.count Hello', 'Audit Hello']);
      expect(taken()).toEqual(['Hello']);
    });

    it('is passed to no request-scoped provider, and boot warns of it by class and method', async () => {
      calls.length = 0;
      const question = await startWithNotice({ providers: [ReplyLog, PerRequest] });
      expect(desk.log.with('warn', 'PerRequest.handle()')).toHaveLength(1);
      desk.chat.agent('Ada').reply(question, 'Hello');
      await settled();
      expect(calls).toEqual([]);
      expect(taken()).toEqual(['Hello']);
    });
  });
});

import { Redis } from 'ioredis';
import { afterEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { RevisionDesk } from '../support/revision-desk.js';
import { ReplyLog } from '../support/reply-log.js';
import { Gate } from '../support/gate.js';

const SLOW = { timeout: 20_000 };

describe.each(['memory', 'Redis'] as const)('An edit of a reply, in %s,', (place) => {
  let desk: RevisionDesk;
  afterEach(() => desk.desk.stop());

  const ada = () => desk.desk.chat.agent('Ada');
  const letters = () => desk.desk.telegram.deadLetters.list();

  it('reaches the app in order with the replies, each time that it changes something', async () => {
    desk = await RevisionDesk.start(place);
    const reply = ada().reply(desk.notice, 'On Mondya');
    await desk.took('On Mondya');
    expect(await desk.desk.chat.waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
    ada().edit(reply, 'On Monday');
    await desk.took('On Mondya', '✏ On Monday');
    ada().touch(reply);
    ada().reply(desk.notice, 'Or later');
    ada().edit(reply, 'On Tuesday');
    await desk.took('On Mondya', '✏ On Monday', 'Or later', '✏ On Tuesday');
    expect(desk.log.edits[0]).toMatchObject({
      threadId: 't1',
      desk: 'default',
      text: 'On Monday',
      html: 'On Monday',
      agent: { name: 'Ada' },
      replyTo: { messageId: 'm1' },
      message: { chatId: desk.desk.chat.id, messageId: reply.message_id },
      raw: { text: 'On Monday' },
    });
    expect(desk.log.edits[0]?.editedAt).toBeInstanceOf(Date);
    await vi.waitFor(
      () => expect(desk.desk.emulator.callsOf('setMessageReaction')).toHaveLength(4),
      SLOW,
    );
    expect(desk.desk.chat.reactionsOn(reply.message_id)).toEqual(['👍']);
    expect(await letters()).toEqual([]);
  });

  it('of formatting, of a caption, of anonymous administrators is one', async () => {
    desk = await RevisionDesk.start(place);
    const lead = ada().anonymously('Lead');
    const reply = lead.reply(desk.notice, 'Soon');
    const photo = ada().sendPhoto({ replyTo: desk.notice, caption: 'This one' });
    await desk.took('Soon', 'This one');
    desk.desk.emulator.deliver({
      update_id: 900_001,
      edited_message: {
        ...reply,
        edit_date: reply.date,
        entities: [{ type: 'bold', offset: 0, length: 4 }],
      },
    });
    await desk.took('Soon', 'This one', '✏ Soon');
    ada().edit(photo, 'That one');
    await desk.took('Soon', 'This one', '✏ Soon', '✏ That one');
    expect(desk.log.edits.map(({ html }) => html)).toEqual(['<b>Soon</b>', 'That one']);
    expect(desk.log.edits[0]?.agent).toMatchObject({ name: 'Lead', anonymous: true });
  });

  it('is told to the agent when it makes a note of a reply, and is delivered when it makes a reply again', async () => {
    desk = await RevisionDesk.start(place);
    const reply = ada().reply(desk.notice, 'Hello');
    await desk.took('Hello');
    ada().edit(reply, '// Hello');
    const words = await desk.words('becomes no note');
    expect(words.reply_to_message?.message_id).toBe(reply.message_id);
    ada().edit(reply, 'Hello again');
    await desk.took('Hello', '✏ Hello again');
    const note = ada().reply(desk.notice, '// internal');
    await desk.desk.emulator.idle();
    ada().edit(note, 'public');
    await desk.words('becomes no answer');
    await desk.took('Hello', '✏ Hello again');
  });

  it('by somebody who may not answer any more is refused', async () => {
    desk = await RevisionDesk.start(place, { options: { agents: [501] } });
    const eve = desk.desk.chat.agent('Eve', { id: 666 });
    const refused = eve.reply(desk.notice, 'Hello');
    eve.edit(refused, 'Hi');
    await desk.words('only registered agents');
    await desk.desk.emulator.idle();
    await desk.took();
    expect(desk.desk.notices.filter((text) => text.includes('registered'))).toHaveLength(1);
  });

  it('is tried again when a handler fails, and in the end told to the agent and kept as a dead letter', async () => {
    desk = await RevisionDesk.start(place, { options: { replies: { attempts: 1 } } });
    const reply = ada().reply(desk.notice, 'Hello');
    await desk.took('Hello');
    desk.log.before = () => {
      throw new Error('no database');
    };
    ada().edit(reply, 'Hello you');
    const words = await desk.words('before you edited it: no database');
    expect(words.reply_to_message?.message_id).toBe(reply.message_id);
    await vi.waitFor(async () => expect(await letters()).toHaveLength(1), SLOW);
    const [letter] = await letters();
    expect(letter).toMatchObject({ direction: 'inbound', threadId: 't1', text: 'Hello you' });
    expect(desk.desk.log.with('error', 'The edit of a reply in thread t1 became')).toHaveLength(1);
    desk.log.before = () => undefined;
    expect(await desk.desk.telegram.deadLetters.retry(letter?.id ?? '')).toBe(true);
    await desk.took('Hello', '✏ Hello you');
  });

  it('tries a reply again that is a dead letter, which comes in its newest form', async () => {
    desk = await RevisionDesk.start(place, { options: { replies: { attempts: 1 } } });
    desk.log.before = (line) => {
      if (line === 'Helo') throw new Error('no database');
    };
    const reply = ada().reply(desk.notice, 'Helo');
    await vi.waitFor(async () => expect(await letters()).toHaveLength(1), SLOW);
    ada().edit(reply, 'Hello');
    await desk.took('Hello');
    await vi.waitFor(async () => expect(await letters()).toEqual([]), SLOW);
    expect(desk.log.edits).toEqual([]);
  });

  it('that has become a dead letter counts no more when a newer one or a deletion has come', async () => {
    desk = await RevisionDesk.start(place, { options: { replies: { attempts: 1 } } });
    desk.log.before = (line) => {
      if (line.startsWith('✏ bad')) throw new Error('no database');
    };
    const retryAll = async () => {
      const found = await letters();
      await Promise.all(found.map(({ id }) => desk.desk.telegram.deadLetters.retry(id)));
    };
    const reply = ada().reply(desk.notice, 'one');
    const secret = ada().reply(desk.notice, 'secret');
    await desk.took('one', 'secret');
    ada().edit(reply, 'bad');
    ada().edit(secret, 'bad, too');
    await vi.waitFor(async () => expect(await letters()).toHaveLength(2), SLOW);
    ada().edit(reply, 'three');
    ada().reply(secret, '/del');
    const before = ['one', 'secret', '✏ three', `🗑 ${secret.message_id}`];
    await desk.took(...before);
    desk.log.before = () => undefined;
    await retryAll();
    ada().reply(desk.notice, 'last');
    await desk.took(...before, 'last');
    await vi.waitFor(async () => expect(await letters()).toEqual([]), SLOW);
  });

  it('is told to the agent when the app takes no edits', async () => {
    desk = await RevisionDesk.start(place, { providers: [ReplyLog] });
    const reply = ada().reply(desk.notice, 'Hello');
    await desk.desk.chat.waitForReaction(reply.message_id, 20_000);
    ada().edit(reply, 'Hi');
    const words = await desk.words('still sees your first text');
    expect(words.reply_to_message?.message_id).toBe(reply.message_id);
    expect(await letters()).toEqual([]);
  });
});

/** In memory, Telegram delivers the edit only once the reply is handled. */
describe('An edit of a reply that waits in Redis', () => {
  let desk: RevisionDesk;
  afterEach(() => desk.desk.stop());

  const ada = () => desk.desk.chat.agent('Ada');
  const letters = () => desk.desk.telegram.deadLetters.list();

  it('becomes the reply when that still waits', async () => {
    const gate = new Gate();
    desk = await RevisionDesk.start('Redis');
    desk.log.before = (line) => (line === 'first' ? gate.pass() : undefined);
    ada().reply(desk.notice, 'first');
    const reply = ada().reply(desk.notice, 'On Mondya');
    ada().edit(reply, 'On Monday');
    ada().edit(reply, 'On Tuesday');
    await desk.desk.emulator.idle();
    gate.open();
    await desk.took('first', 'On Tuesday');
    ada().edit(reply, 'On Friday');
    await desk.took('first', 'On Tuesday', '✏ On Friday');
    expect(await letters()).toEqual([]);
  });

  it('leaves no text in Redis when its thread is purged', async () => {
    desk = await RevisionDesk.start('Redis');
    const reply = ada().reply(desk.notice, 'Helo');
    // An edit of a reply that still waits would become the reply.
    await desk.took('Helo');
    ada().edit(reply, 'unforgettable');
    await desk.took('Helo', '✏ unforgettable');
    const redis = new Redis(inject('redisUrl'));
    onTestFinished(() => redis.disconnect());
    const { emulator, chat } = desk.desk;
    const key = `tg:{${emulator.bot.id}:${chat.id}}:versions:${chat.id}:${reply.message_id}`;
    expect(await redis.get(key)).toContain('unforgettable');
    await desk.desk.telegram.purgeThread({ threadId: 't1' });
    await vi.waitFor(async () => expect(await redis.get(key)).not.toContain('unforgettable'), SLOW);
    expect(await letters()).toEqual([]);
  });
});

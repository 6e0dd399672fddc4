import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { Albums } from '../../src/inbound/albums.js';
import { INBOUND_QUEUE } from '../../src/inbound/inbound.constants.js';
import type { OrderedQueue } from '../../src/queue/ordered-queue.js';
import type { EmulatedAgent, Message } from '../../src/testing/index.js';
import { Gate } from '../support/gate.js';
import { ownBot } from '../support/own-bot.js';
import { RevisionDesk } from '../support/revision-desk.js';
import { TestDesk } from '../support/test-desk.js';

const TIMEOUT = { timeout: 30_000 };

function shown(desk: TestDesk): Array<[string, string, number]> {
  return desk.replies.replies.map(({ threadId, text, attachments }) => [
    threadId,
    text,
    attachments.length,
  ]);
}

describe('With Redis, an album', () => {
  let desk: TestDesk;
  let ada: EmulatedAgent;
  let notice: Message;

  beforeEach(async () => {
    desk = await TestDesk.start({
      emulator: { bots: [ownBot()] },
      options: { redis: inject('redisUrl'), replies: { attempts: 2 } },
    });
    notice = await ask('t1');
    ada = desk.chat.agent('Ada');
  });

  afterEach(() => desk.stop());

  async function ask(threadId: string): Promise<Message> {
    await desk.telegram.notifyNewThread({ threadId, text: `Help in ${threadId}` });
    return desk.chat.waitForMessage(({ text }) => text?.includes(`in ${threadId}`) ?? false);
  }

  /** Has nothing handled before Telegram has delivered all: what comes a second late is no part of an album. */
  async function deliver<T>(send: () => T): Promise<T> {
    const inbound = desk.app.get<OrderedQueue<unknown>>(INBOUND_QUEUE, { strict: false });
    inbound.pause();
    const sent = send();
    await desk.emulator.idle();
    inbound.resume();
    return sent;
  }

  it('is one reply with all its files, in order, whose updates were answered at once', async () => {
    const files = Array.from({ length: 10 }, (_, index) => ({
      kind: 'document' as const,
      bytes: Buffer.from(`file ${index}`),
      fileName: `${index}.txt`,
    }));
    const messages = await deliver(() =>
      ada.sendAlbum(files, { caption: 'All of them', replyTo: notice }),
    );
    expect(desk.emulator.deliveries.map(({ status }) => status)).not.toContain(503);
    await expect.poll(() => shown(desk), TIMEOUT).toEqual([['t1', 'All of them', 10]]);
    const [reply] = desk.replies.replies;
    expect(reply).toMatchObject({ hasText: true, albumId: messages[0]?.media_group_id });
    expect(reply?.message.messageId).toBe(messages[0]?.message_id);
    const opened = await Promise.all(reply?.attachments.map((file) => file.open()) ?? []);
    const texts = await Promise.all(opened.map(async (file) => (await buffer(file)).toString()));
    expect(texts).toEqual(files.map(({ bytes }) => bytes.toString()));
  });

  it('keeps its place among the other messages of its thread', async () => {
    await deliver(() => {
      ada.reply(notice, 'before');
      ada.sendAlbum([{}, {}, {}], { replyTo: notice });
      ada.reply(notice, 'after');
    });
    await expect
      .poll(() => shown(desk), TIMEOUT)
      .toEqual([
        ['t1', 'before', 0],
        ['t1', '[photo]\n[photo]\n[photo]', 3],
        ['t1', 'after', 0],
      ]);
  });

  it('is no part of another album, of the same thread or of another', async () => {
    const other = await ask('t2');
    await deliver(() => {
      ada.sendAlbum([{}, {}], { caption: 'one', replyTo: notice });
      ada.sendAlbum([{}, {}, {}], { caption: 'two', replyTo: notice });
      desk.chat.agent('Ben').sendAlbum([{}, {}], { caption: 'three', replyTo: other });
    });
    await expect.poll(() => shown(desk).length, TIMEOUT).toBe(3);
    expect(shown(desk).filter(([threadId]) => threadId === 't1')).toEqual([
      ['t1', 'one', 2],
      ['t1', 'two', 3],
    ]);
    expect(shown(desk)).toContainEqual(['t2', 'three', 2]);
  });

  it('is whole, at the place of its first file, when another album and messages come between its files', async () => {
    const { photo } = ada.sendPhoto({ caption: 'before', replyTo: notice });
    const file = (name: string, media_group_id: string, caption?: string): void => {
      const extra = { ...(photo && { photo }), media_group_id, ...(caption && { caption }) };
      desk.chat.agent(name).reply(notice, '', extra);
    };
    await deliver(() => {
      file('Ada', 'album a');
      file('Ben', 'album b', 'B');
      file('Ada', 'album a', 'A');
      desk.chat.agent('Ben').reply(notice, 'between');
      file('Ben', 'album b');
      file('Ada', 'album a');
      ada.reply(notice, 'after');
    });
    await expect.poll(() => shown(desk).at(-1)?.[1], TIMEOUT).toBe('after');
    expect(shown(desk)).toEqual([
      ['t1', 'before', 1],
      ['t1', 'A', 3],
      ['t1', 'B', 2],
      ['t1', 'between', 0],
      ['t1', 'after', 0],
    ]);
  });

  it('is for agents alone when any of its captions is a note', async () => {
    await deliver(() => {
      ada.sendAlbum([{ caption: 'Look' }, {}, { caption: '// for us' }, {}], { replyTo: notice });
      ada.reply(notice, 'after');
    });
    await expect.poll(() => shown(desk), TIMEOUT).toEqual([['t1', 'after', 0]]);
  });

  it('brings a second reply of the same album for a file that comes late', async () => {
    const [first] = await deliver(() => ada.sendAlbum([{}, {}], { replyTo: notice }));
    await expect.poll(() => shown(desk), TIMEOUT).toEqual([['t1', '[photo]\n[photo]', 2]]);
    const { photo, media_group_id: albumId } = first ?? {};
    ada.reply(notice, '', { ...(photo && { photo }), ...(albumId && { media_group_id: albumId }) });
    await expect.poll(() => shown(desk).length, TIMEOUT).toBe(2);
    expect(desk.replies.replies[1]).toMatchObject({ text: '[photo]', albumId });
  });

  it('is whole when its handler is called again after an error', async () => {
    let calls = 0;
    desk.replies.before = () => {
      calls += 1;
      if (calls === 1) throw new Error('not now');
    };
    await deliver(() => ada.sendAlbum([{}, { caption: 'Look' }, {}], { replyTo: notice }));
    await expect.poll(() => shown(desk), TIMEOUT).toEqual([['t1', 'Look', 3]]);
    expect(calls).toBe(2);
  });

  it('is one dead letter, and whole again when that is retried', async () => {
    const { deadLetters } = desk.telegram;
    let isBroken = true;
    desk.replies.before = () => {
      if (isBroken) throw new Error('not now');
    };
    await deliver(() =>
      ada.sendAlbum([{ caption: 'Look' }, {}, { caption: 'here' }], { replyTo: notice }),
    );
    const letters = async () => {
      const found = await deadLetters.list();
      return found.map(({ text }) => text);
    };
    await expect.poll(letters, TIMEOUT).toEqual(['Look\nhere']);
    expect(shown(desk)).toEqual([]);
    isBroken = false;
    const [letter] = await deadLetters.list();
    await deadLetters.retry(letter?.id ?? '');
    await expect.poll(() => shown(desk), TIMEOUT).toEqual([['t1', 'Look\nhere', 3]]);
    expect(await letters()).toEqual([]);
  });

  it('is whole when a process has died after it had marked the further files', async () => {
    const [, ...others] = await deliver(() =>
      ada.sendAlbum([{}, {}, {}], { caption: 'Look', replyTo: notice }),
    );
    const albums = desk.app.get(Albums, { strict: false });
    for (const message of others) await albums.take(message);
    await expect.poll(() => shown(desk), TIMEOUT).toEqual([['t1', 'Look', 3]]);
  });

  it('is handled by the next process when one ends before it is whole', async () => {
    const { emulator, chat } = desk;
    // It waits for a second, which may be over before the process has ended.
    desk.app.get<OrderedQueue<unknown>>(INBOUND_QUEUE, { strict: false }).pause();
    ada.sendAlbum([{}, {}, {}], { caption: 'Look', replyTo: notice });
    await emulator.idle();
    await desk.app.close();
    expect(shown(desk)).toEqual([]);
    const next = await TestDesk.start({
      options: {
        botToken: emulator.bot.token,
        adminChatId: chat.id,
        apiRoot: emulator.apiRoot,
        redis: inject('redisUrl'),
      },
    });
    await expect.poll(() => shown(next), TIMEOUT).toEqual([['t1', 'Look', 3]]);
    await next.stop();
  });
});

describe('In memory, an album', () => {
  it('is a reply for each file, all with the id of the album', async () => {
    const desk = await TestDesk.start();
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const notice = await desk.chat.waitForMessage(() => true);
    const [first] = desk.chat.agent('Ada').sendAlbum([{}, {}], { caption: 'A', replyTo: notice });
    await expect
      .poll(() => shown(desk), TIMEOUT)
      .toEqual([
        ['t1', 'A', 1],
        ['t1', '[photo]', 1],
      ]);
    const { media_group_id: albumId } = first ?? {};
    expect(desk.replies.replies).toMatchObject([{ albumId }, { albumId }]);
    await desk.stop();
  });
});

describe.each(['memory', 'Redis'] as const)('A file of an album, in %s,', (place) => {
  let desk: RevisionDesk;
  afterEach(() => desk.desk.stop());

  const ada = () => desk.desk.chat.agent('Ada', { status: 'administrator' });
  const files = () => desk.log.replies.flatMap(({ attachments }) => attachments);

  it('is edited and deleted as what the app knows: by its album and its message', async () => {
    desk = await RevisionDesk.start(place);
    const album = ada().sendAlbum([{ caption: 'Look' }, {}, {}], { replyTo: desk.notice });
    const [first, second, third] = album;
    if (!first || !second || !third) throw new Error('The album is not whole');
    await expect.poll(() => files().length, TIMEOUT).toBe(3);
    expect(files().map(({ message }) => message.messageId)).toEqual(
      album.map(({ message_id }) => message_id),
    );
    await expect.poll(() => desk.desk.chat.reactionsOn(first.message_id), TIMEOUT).toEqual(['👍']);
    const albumId = first.media_group_id;
    const message = ({ message_id: messageId }: Message) => ({
      chatId: desk.desk.chat.id,
      messageId,
    });
    ada().edit(second, 'This one');
    await expect.poll(() => desk.log.edits.length, TIMEOUT).toBe(1);
    const edited = { albumId, text: 'This one', hasText: true, message: message(second) };
    expect(desk.log.edits).toMatchObject([edited]);
    expect(desk.log.edits[0]?.attachments).toMatchObject([{ message: message(second) }]);
    ada().reply(second, '/del');
    await expect.poll(() => desk.log.deletions.length, TIMEOUT).toBe(1);
    // Telegram delivers over several connections, so that two updates may overtake one another.
    ada().react(third, '🙈');
    await expect.poll(() => desk.log.deletions.length, TIMEOUT).toBe(2);
    expect(desk.log.deletions).toMatchObject([
      { albumId, message: message(second) },
      { albumId, message: message(third) },
    ]);
    for (const { message_id: id } of [second, third]) {
      await desk.desk.chat.waitForReactionsToBe(id, ['🙈'], 20_000);
    }
    expect(desk.desk.chat.reactionsOn(first.message_id)).toEqual(['👍']);
  });
});

/** In memory, Telegram delivers the edit only once the file is handled. */
describe('A file of an album that waits in Redis', () => {
  let desk: RevisionDesk;
  afterEach(() => desk.desk.stop());

  const ada = () => desk.desk.chat.agent('Ada', { status: 'administrator' });

  it('is withheld when it is deleted, and has its newest caption when it is edited', async () => {
    const gate = new Gate();
    desk = await RevisionDesk.start('Redis');
    desk.log.before = (line) => (line === 'first' ? gate.pass() : undefined);
    ada().reply(desk.notice, 'first');
    const album = ada().sendAlbum([{ caption: 'secret' }, { caption: 'Helo' }, {}, {}], {
      replyTo: desk.notice,
    });
    const [secret, edited, , last] = album;
    if (!secret || !edited || !last) throw new Error('The album is not whole');
    const gone = ada().sendAlbum([{}, {}], { caption: 'all gone', replyTo: desk.notice });
    ada().reply(secret, '/del');
    ada().react(last, '🙈');
    ada().edit(edited, 'Hello');
    for (const each of gone) ada().reply(each, '/del');
    await desk.desk.emulator.idle();
    gate.open();
    for (const { message_id: id } of [secret, last, ...gone]) {
      await desk.desk.chat.waitForReactionsToBe(id, ['🙈'], 20_000);
    }
    await desk.desk.chat.waitForReactionsToBe(edited.message_id, ['👍'], 20_000);
    await desk.took('first', 'Hello');
    const [, reply] = desk.log.replies;
    expect(reply).toMatchObject({
      albumId: secret.media_group_id,
      hasText: true,
      message: { messageId: edited.message_id },
    });
    expect(reply?.attachments).toHaveLength(2);
    ada().edit(edited, 'Hello you');
    await desk.took('first', 'Hello', '✏ Hello you');
    expect(await desk.desk.telegram.deadLetters.list()).toEqual([]);
  });
});

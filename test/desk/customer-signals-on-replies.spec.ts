import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '../../src/testing/index.js';
import { HandledReplies } from '../../src/threads/handled-replies.js';
import type { MessageRef } from '../../src/threads/message-ref.interface.js';
import { RevisionDesk } from '../support/revision-desk.js';

const SLOW = { timeout: 20_000 };

describe.each(['memory', 'Redis'] as const)('On a reply, with data in %s,', (place) => {
  let desk: RevisionDesk;
  afterEach(() => desk.desk.stop());

  const ada = () => desk.desk.chat.agent('Ada', { status: 'administrator' });
  const shows = (id: number, emoji: string) =>
    desk.desk.chat.waitForReactionsToBe(id, [emoji], 20_000);
  const refOf = ({ message_id: messageId }: Message): MessageRef => ({
    chatId: desk.desk.chat.id,
    messageId,
  });
  const react = (reply: MessageRef, emoji: string | null, threadId = 't1') =>
    desk.desk.telegram.notifyReaction({ threadId, reply, emoji });

  /** A reply that has its 👍, and of which the desk knows that the app has handled it. */
  async function replied(text: string): Promise<Message> {
    const reply = ada().reply(desk.notice, text);
    await isHandled(reply);
    return reply;
  }

  async function isHandled(reply: Message): Promise<void> {
    await shows(reply.message_id, '👍');
    const replies = desk.desk.app.get(HandledReplies, { strict: false });
    await vi.waitFor(
      async () =>
        expect((await replies.list('t1')).map((each) => each.message)).toContainEqual(refOf(reply)),
      SLOW,
    );
  }

  async function waitUntilRead({ message_id: id }: Message): Promise<void> {
    await vi.waitFor(async () => {
      await desk.desk.telegram.notifyRead({ threadId: 't1' });
      expect(desk.desk.chat.reactionsOn(id)).toEqual(['👀']);
    }, SLOW);
  }

  /** All that the bot has set on a message, in order. */
  const setOn = ({ message_id: id }: Message) =>
    desk.desk.emulator
      .callsOf('setMessageReaction')
      .filter(({ params }) => Number(params.message_id) === id)
      .map(({ params }) => (JSON.stringify(params.reaction).match(/\p{Emoji}/gu) ?? []).join(''));

  it('a reaction is dropped when the reply is not of the thread', async () => {
    desk = await RevisionDesk.start(place);
    const reply = await replied('Hello');
    await desk.desk.telegram.notifyNewThread({ threadId: 't2', text: 'Other', messageId: 'm2' });
    const { message_id: other } = await desk.words('Other');
    expect(await react(refOf(reply), '❤', 't2')).toMatchObject({ accepted: true });
    const foreign = { chatId: -100_999, messageId: reply.message_id };
    expect(await react(foreign, '❤', 't2')).toMatchObject({ accepted: true });
    await desk.desk.telegram.notifyReaction({ threadId: 't2', messageId: 'm2', emoji: '🎉' });
    await shows(other, '🎉');
    await react(refOf(reply), '🏆');
    await shows(reply.message_id, '🏆');
    expect(setOn(reply)).toEqual(['👍', '🏆']);
    expect(desk.desk.log.with('debug', 'is not known as one of thread t2')).toHaveLength(2);
  });

  it('the reaction of the customer stays when the agent edits the reply', async () => {
    desk = await RevisionDesk.start(place);
    const reply = await replied('Helo');
    await react(refOf(reply), '❤');
    await shows(reply.message_id, '❤');
    ada().edit(reply, 'Hello');
    await replied('Behind the edit');
    await react(refOf(reply), '🎉');
    await shows(reply.message_id, '🎉');
    expect(setOn(reply)).toEqual(['👍', '❤', '🎉']);
  });

  it('🙈 stays when the customer reads or reacts, and 👀 is on the reply before it', async () => {
    desk = await RevisionDesk.start(place);
    const older = await replied('one');
    const deleted = await replied('two');
    ada().reply(deleted, '/del');
    await shows(deleted.message_id, '🙈');
    await waitUntilRead(older);
    await react(refOf(deleted), '❤');
    await react(refOf(deleted), null);
    await react(refOf(older), '🎉');
    await shows(older.message_id, '🎉');
    await desk.desk.emulator.idle();
    expect(setOn(deleted)).toEqual(['👍', '🙈']);
  });

  it('👀 is on the reply before the one that was deleted after it was read', async () => {
    desk = await RevisionDesk.start(place);
    const older = await replied('one');
    const deleted = await replied('two');
    await waitUntilRead(deleted);
    ada().reply(deleted, '/del');
    await shows(deleted.message_id, '🙈');
    await waitUntilRead(older);
    expect(setOn(deleted)).toEqual(['👍', '👀', '🙈']);
  });

  it('👀 is on the next file of an album whose first file is deleted', async () => {
    desk = await RevisionDesk.start(place);
    const album = { caption: 'all', replyTo: desk.notice };
    const [first, second, third] = ada().sendAlbum([{}, {}, {}], album);
    if (!first || !second || !third) throw new Error('There is no album');
    await isHandled(first);
    ada().reply(first, '/del');
    await shows(first.message_id, '🙈');
    // In memory each file is a reply of its own.
    await waitUntilRead(place === 'Redis' ? second : third);
    expect(setOn(first)).toEqual(['👍', '🙈']);
  });

  it('👀 comes again when the customer has read an edit', async () => {
    desk = await RevisionDesk.start(place);
    const reply = await replied('one');
    for (const text of ['two', 'three']) {
      await waitUntilRead(reply);
      ada().edit(reply, text);
      await shows(reply.message_id, '👍');
    }
    await waitUntilRead(reply);
    expect(setOn(reply)).toEqual(['👍', '👀', '👍', '👀', '👍', '👀']);
  });

  it('a reaction of the customer never looks like a receipt of the bot', async () => {
    desk = await RevisionDesk.start(place);
    const replies = [await replied('one'), await replied('two'), await replied('three')] as const;
    await react(refOf(replies[0]), '🙈');
    await desk.words('reacted with 🙈');
    await react(refOf(replies[1]), '👀');
    await desk.words('reacted with 👀');
    await react(refOf(replies[2]), '👍');
    await shows(replies[2].message_id, '💯');
    expect(replies.map(setOn)).toEqual([['👍'], ['👍'], ['👍', '💯']]);
  });

  it('the receipt comes back when the customer takes the reaction away', async () => {
    desk = await RevisionDesk.start(place);
    const [read, unread] = [await replied('one'), await replied('two')];
    await desk.desk.telegram.notifyRead({ threadId: 't1', upTo: refOf(read) });
    await shows(read.message_id, '👀');
    for (const reply of [read, unread]) await react(refOf(reply), '❤');
    for (const reply of [read, unread]) await react(refOf(reply), null);
    await vi.waitFor(() => {
      expect(setOn(read)).toEqual(['👍', '👀', '❤', '', '👀']);
      expect(setOn(unread)).toEqual(['👍', '❤', '', '👍']);
    }, SLOW);
  });
});

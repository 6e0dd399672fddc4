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
      async () => expect((await replies.list('t1')).at(-1)?.message).toEqual(refOf(reply)),
      SLOW,
    );
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
});

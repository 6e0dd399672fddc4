import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '../../src/testing/index.js';
import { PostedMessages } from '../../src/threads/posted-messages.js';
import { TopicDesk, type Place } from '../support/topic-desk.js';

const SLOW = { timeout: 20_000 };
const RATE = { rateLimit: { messages: 99, windowMs: 1_000 } };

describe.each<Place>(['memory', 'Redis'])('A reply to an older notice, in %s,', (place) => {
  let topics: TopicDesk;
  afterEach(() => topics.stop());

  const start = async (mode: 'replies' | 'topics' = 'replies') => {
    topics = await TopicDesk.start(place, { options: { ...RATE, mode } });
  };

  /** A notice that shows a message of the app's. */
  async function notify(text: string, messageId?: string): Promise<Message> {
    const id = messageId === undefined ? {} : { messageId };
    await topics.desk.telegram.notifyUserMessage({ threadId: 't1', text, ...id });
    return topics.desk.chat.waitForMessage(({ text: shown }) => shown?.includes(text) === true);
  }

  /** What the app has got with the reply of a text. */
  async function got(text: string) {
    const find = () => topics.desk.replies.replies.find((reply) => reply.text === text);
    await vi.waitFor(() => expect(find()).toBeDefined(), SLOW);
    return find();
  }

  it('names the app’s message and what the agent has quoted', async () => {
    await start();
    const first = await notify('Where is order 42? And is my invoice ready?', 'm1');
    await notify('Hello?', 'm2');
    topics.ada.reply(first, 'On its way');
    topics.ada.quote(first, 'my invoice', 'It is ready');
    expect(await got('On its way')).toMatchObject({
      desk: 'default',
      replyTo: { messageId: 'm1' },
    });
    expect((await got('It is ready'))?.replyTo).toEqual({ messageId: 'm1', quote: 'my invoice' });
  });

  it('names the message also when it was written in another topic, and no quote that is Telegram’s', async () => {
    await start();
    const first = await notify('Where is order 42?', 'm1');
    const posted = topics.desk.app.get(PostedMessages, { strict: false });
    const ref = { chatId: first.chat.id, messageId: first.message_id };
    await vi.waitFor(async () => expect(await posted.find(ref)).toBe('m1'), SLOW);
    const { id } = topics.ada.createTopic('Coffee');
    topics.ada.replyFromElsewhere(first, 'On its way', { message_thread_id: id });
    expect(await got('On its way')).toMatchObject({ threadId: 't1', replyTo: { messageId: 'm1' } });
    expect((await got('On its way'))?.replyTo).not.toHaveProperty('quote');
  });

  it('is routed from another chat by the mapping, and answered with words without one', async () => {
    await start();
    const notice = await notify('Where is order 42?', 'm1');
    const elsewhere = topics.desk.emulator.createSupergroup({ title: 'Other' });
    const lost = await topics.desk.telegram.api.call('sendMessage', {
      chat_id: elsewhere.id,
      text: 'No notice',
    });
    const unroutable = topics.ada.replyFromElsewhere(
      elsewhere.messages.find(({ message_id: id }) => id === lost.message_id) ?? notice,
      'To whom?',
    );
    await topics.idle();
    expect(topics.hints).toEqual([
      [expect.stringContaining('not linked to a conversation'), unroutable.message_id],
    ]);
    expect(topics.replies).toEqual([]);
  });

  it('names nothing when the agent just writes in the topic', async () => {
    await start('topics');
    const topic = await topics.bind('t1');
    topics.write(topic, 'On its way');
    expect(await got('On its way')).not.toHaveProperty('replyTo');
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { ChatTalk } from './chat-talk.js';

const SLOW = { timeout: 20_000 };

describe('What customers do in the chat', () => {
  let talk: ChatTalk;
  afterEach(() => talk.stop());

  const own = async (): Promise<string> => (await talk.messages())[0]?.id ?? '';
  const noticed = (isIt: (text: string) => boolean) =>
    vi.waitFor(() => {
      const { notices } = talk.chat.desk;
      if (!notices.some((text) => isIt(text))) throw new Error(notices.join('\n'));
    }, SLOW);

  it('is shown to agents: edits and deletions', async () => {
    talk = await ChatTalk.start();
    const path = `${talk.path}/messages/${await own()}`;
    const edited = await talk.client.call('PATCH', path, { text: 'Hello there' });
    expect(edited.status).toBe(200);
    expect(edited.body.message).toMatchObject({ text: 'Hello there', number: 1, changed: 2 });
    await noticed((text) => text.includes('Hello there'));
    const deleted = await talk.client.call('DELETE', path);
    expect(deleted.body.message).toMatchObject({ number: 1, deletedAt: expect.any(String) });
    expect(deleted.body.message).not.toHaveProperty('text');
    await vi.waitFor(() => {
      const struck = talk.chat.desk.chat.messages.some(({ entities = [] }) =>
        entities.some(({ type }) => type === 'strikethrough'),
      );
      if (!struck) throw new Error('Nothing is struck through');
    }, SLOW);
    expect((await talk.client.call('PATCH', path, { text: 'No' })).status).toBe(404);
    expect((await talk.client.call('DELETE', path)).status).toBe(200);
  });

  it('is shown to agents: reactions on their replies and on messages', async () => {
    talk = await ChatTalk.start();
    const reply = talk.ada.write('Hi');
    const { id } = await talk.sees(({ text }) => text === 'Hi');
    const path = `${talk.path}/messages/${id}/reaction`;
    const reacted = await talk.client.call('PUT', path, { emoji: '🙏' });
    expect(reacted.body.message.reactions).toEqual({ customer: '🙏' });
    await vi.waitFor(
      () => expect(talk.chat.desk.chat.reactionsOn(reply.message_id)).toEqual(['🙏']),
      SLOW,
    );
    const without = await talk.client.call('PUT', path, { emoji: null });
    expect(without.body.message.reactions?.customer).toBeUndefined();
  });

  it('is shown to agents: what is read', async () => {
    talk = await ChatTalk.start();
    const reply = talk.ada.write('Hi');
    const { number } = await talk.sees(({ text }) => text === 'Hi');
    await talk.chat.desk.chat.waitForReaction(reply.message_id, 20_000);
    expect((await talk.thread()).unread).toBe(1);
    const read = await talk.client.call('POST', `${talk.path}/read`, { upTo: number });
    expect(read.body.thread).toMatchObject({ unread: 0, readByCustomer: number });
    await vi.waitFor(
      () => expect(talk.chat.desk.chat.reactionsOn(reply.message_id)).toEqual(['👀']),
      SLOW,
    );
    const back = await talk.client.call('POST', `${talk.path}/read`, { upTo: 1 });
    expect(back.body.thread.readByCustomer).toBe(number);
  });

  it('is shown to agents: typing', async () => {
    talk = await ChatTalk.start();
    const typed = await talk.client.call('POST', `${talk.path}/typing`, {});
    expect(typed.status).toBe(200);
    await vi.waitFor(
      () => expect(talk.chat.desk.emulator.callsOf('sendChatAction')).toHaveLength(1),
      SLOW,
    );
  });

  it('is kept: a rating, which may change', async () => {
    talk = await ChatTalk.start();
    const rate = (body: object) => talk.client.call('POST', `${talk.path}/rating`, body);
    expect((await rate({ stars: 2, comment: 'Slow' })).body.thread.rating).toEqual({
      stars: 2,
      comment: 'Slow',
    });
    expect((await rate({ stars: 5 })).body.thread.rating).toEqual({ stars: 5 });
    const events = (await talk.messages()).flatMap(({ event }) => event ?? []);
    expect(events).toEqual(['rated']);
  });

  it('is a reply in Telegram to the message of an agent that it answers', async () => {
    talk = await ChatTalk.start();
    const asked = talk.ada.reply(talk.notice, 'Which one?');
    const { id } = await talk.sees(({ text }) => text === 'Which one?');
    const mine = (await talk.messages())[0]?.id;
    const path = `${talk.path}/messages`;
    await talk.client.call('POST', path, { clientId: 'red', text: 'The red one', replyTo: id });
    const answered = await talk.chat.notice('The red one');
    expect(answered.reply_to_message?.message_id).toBe(asked.message_id);
    await talk.client.call('POST', path, { clientId: 'own', text: 'I meant', replyTo: mine });
    const other = await talk.chat.notice('I meant');
    expect(other.reply_to_message?.message_id).toBe(talk.notice.message_thread_id);
  });

  it('closes a thread, which writing opens again', async () => {
    talk = await ChatTalk.start();
    const closed = await talk.client.call('POST', `${talk.path}/close`, {});
    expect(closed.body.thread.status).toBe('closed');
    const body = { clientId: 'again', text: 'One more thing' };
    await talk.client.call('POST', `${talk.path}/messages`, body);
    expect((await talk.thread()).status).toBe('open');
    await talk.chat.notice('One more thing');
    const written = await talk.messages();
    expect(written.map(({ event, text }) => event ?? text)).toEqual([
      'Hello',
      'closed',
      'reopened',
      'One more thing',
    ]);
  });

  it('stands in a thread that the app closes and opens again, once each', async () => {
    talk = await ChatTalk.start();
    const { support, desk } = talk.chat;
    expect(await support.closeThread(talk.threadId)).toBe(true);
    expect(await support.closeThread(talk.threadId)).toBe(true);
    expect((await talk.thread()).status).toBe('closed');
    await vi.waitFor(() => expect(desk.emulator.callsOf('closeForumTopic')).toHaveLength(1), SLOW);
    expect(await support.reopenThread(talk.threadId)).toBe(true);
    expect((await talk.thread()).status).toBe('open');
    await vi.waitFor(() => expect(desk.emulator.callsOf('reopenForumTopic')).toHaveLength(1), SLOW);
    const written = await talk.messages();
    expect(written.map(({ event, text }) => event ?? text)).toEqual([
      'Hello',
      'closed',
      'reopened',
    ]);
    expect(await support.closeThread('chat_of-nobody')).toBe(false);
  });

  it('is forgotten when the app purges the customer', async () => {
    talk = await ChatTalk.start();
    expect(await talk.chat.support.purgeCustomer('ann')).toEqual([talk.threadId]);
    expect((await talk.client.call('GET', talk.path)).status).toBe(404);
    expect((await talk.client.call('GET', 'threads')).body.threads).toEqual([]);
    await vi.waitFor(
      () => expect(talk.chat.desk.emulator.callsOf('deleteForumTopic')).toHaveLength(1),
      SLOW,
    );
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';
import { VirtualClock } from '../../time/virtual-clock.js';

describe('ForwardMessageMethod', () => {
  let telegram: BotApiEmulator;
  let clock: VirtualClock;
  let client: WireClient;
  let desk: EmulatedChat;

  beforeEach(async () => {
    clock = new VirtualClock(1_750_000_000_000);
    telegram = await BotApiEmulator.start({ clock });
    client = new WireClient(telegram);
    desk = telegram.createSupergroup({ title: 'Desk' });
  });

  afterEach(() => telegram.stop());

  const paramsOf = (from: EmulatedChat, message_id: number): object => ({
    chat_id: desk.id,
    from_chat_id: from.id,
    message_id,
  });
  const forward = (from: EmulatedChat, message_id: number): Promise<unknown> =>
    client.call('forwardMessage', paramsOf(from, message_id));

  it('answers with the message, which says where it comes from', async () => {
    const chat = telegram.createPrivateChat('Ann');
    const ann = chat.agent('Ann');
    const original = ann.write('see example.com');
    clock.advance(60_000);
    const answer = await forward(chat, original.message_id);
    expect(answer).toEqual({ ok: true, result: desk.messages[0] });
    expect(desk.messages).toEqual([
      {
        message_id: 1,
        from: expect.objectContaining({ id: telegram.bot.id }),
        chat: expect.objectContaining({ id: desk.id }),
        date: 1_750_000_060,
        forward_origin: { type: 'user', sender_user: ann.user, date: 1_750_000_000 },
        text: 'see example.com',
        entities: original.entities,
      },
    ]);
  });

  it('names chats as the origin of what they say', async () => {
    const group = telegram.createSupergroup({ title: 'Group' });
    const anonymous = group.agent('Ann').anonymously('Boss').write('hi');
    const channel = telegram.createChannel({ title: 'News' });
    const post = channel.agent('Boss', { status: 'administrator' }).write('news', {
      author_signature: 'B.',
    });
    await forward(group, anonymous.message_id);
    await forward(channel, post.message_id);
    const [first, second] = desk.messages.map(({ forward_origin }) => forward_origin);
    expect(first).toMatchObject({
      type: 'chat',
      sender_chat: { id: group.id },
      author_signature: 'Boss',
    });
    expect(second).toEqual({
      type: 'channel',
      chat: expect.objectContaining({ id: channel.id }),
      message_id: post.message_id,
      date: post.date,
      author_signature: 'B.',
    });
  });

  it('keeps the first origin of what is forwarded again', async () => {
    const chat = telegram.createPrivateChat('Ann');
    const original = chat.agent('Ann').write('hi');
    await forward(chat, original.message_id);
    await forward(desk, 1);
    expect(desk.messages[1]?.forward_origin).toEqual(desk.messages[0]?.forward_origin);
  });

  it('forwards a file with its caption, which cannot be changed afterwards', async () => {
    const original = desk.agent('Ann').sendPhoto({ caption: 'hi' });
    await forward(desk, original.message_id);
    const { photo, caption } = original;
    expect(desk.messages[1]).toMatchObject({ photo, caption });
    const params = { chat_id: desk.id, message_id: 2, caption: 'new' };
    expect(await client.errorOf('editMessageCaption', params)).toBe(
      "Bad Request: message can't be edited",
    );
  });

  it('forwards neither events nor protected content nor what is not there', async () => {
    desk.join('Bob');
    desk.agent('Ann').write('secret', { has_protected_content: true });
    const errors = [1, 2, 3].map((id) => client.errorOf('forwardMessage', paramsOf(desk, id)));
    expect(await Promise.all(errors)).toEqual([
      "Bad Request: the message can't be forwarded",
      "Bad Request: message has protected content and can't be forwarded",
      'Bad Request: message to forward not found',
    ]);
    expect(desk.messages).toHaveLength(2);
  });
});

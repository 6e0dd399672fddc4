import type { Message } from '@grammyjs/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';

describe.each(['copyMessages', 'forwardMessages'])('TransferMessagesMethod as %s', (method) => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let source: EmulatedChat;
  let desk: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    client = new WireClient(telegram);
    source = telegram.createSupergroup({ title: 'Source' });
    desk = telegram.createSupergroup({ title: 'Desk' });
  });

  afterEach(() => telegram.stop());

  const transfer = (messages: Message[], params: object = {}): Promise<unknown> =>
    client.call(method, {
      chat_id: desk.id,
      from_chat_id: source.id,
      message_ids: messages.map(({ message_id }) => message_id),
      ...params,
    });

  it('sends messages in their order and answers with their ids', async () => {
    const ann = source.agent('Ann');
    const messages = [ann.write('one'), ann.sendPhoto({ caption: 'two' }), ann.write('three')];
    expect(await transfer(messages)).toEqual({
      ok: true,
      result: [{ message_id: 1 }, { message_id: 2 }, { message_id: 3 }],
    });
    expect(desk.messages).toMatchObject([{ text: 'one' }, { caption: 'two' }, { text: 'three' }]);
    const origins = desk.messages.filter((message) => message.forward_origin !== undefined);
    expect(origins).toHaveLength(method === 'forwardMessages' ? 3 : 0);
  });

  it('skips deleted messages and service messages', async () => {
    const one = source.agent('Ann').write('one');
    source.join('Bob');
    const gone = source.agent('Ann').write('gone');
    source.agent('Ann').delete(gone);
    const ids = [one.message_id, one.message_id + 1, gone.message_id, 999];
    expect(await transfer([], { message_ids: ids })).toMatchObject({ result: { length: 1 } });
    expect(desk.messages).toMatchObject([{ text: 'one' }]);
  });

  it('treats protected content as its kind may', async () => {
    const ann = source.agent('Ann');
    const messages = [ann.write('secret', { has_protected_content: true }), ann.write('open')];
    await transfer(messages);
    expect(desk.messages.map(({ text }) => text)).toEqual(
      method === 'copyMessages' ? ['secret', 'open'] : ['open'],
    );
  });

  it('makes an album of what was one', async () => {
    const album = source.agent('Ann').sendAlbum([{}, {}, {}], { caption: 'hi' });
    const other = source.agent('Ann').sendAlbum([{}, {}]);
    const alone = source.agent('Ann').sendPhoto();
    await transfer([...album, ...other, alone]);
    const ids = desk.messages.map((message) => message.media_group_id);
    const [first, , , second] = ids;
    expect(ids).toEqual([first, first, first, second, second, undefined]);
    const used = [first, second, album[0]?.media_group_id, other[0]?.media_group_id];
    expect(new Set(used).size).toBe(4);
    expect(used).not.toContain(undefined);
    expect(desk.messages[0]).toMatchObject({ caption: 'hi', photo: album[0]?.photo });
  });

  it('makes no album of one of its items', async () => {
    const album = source.agent('Ann').sendAlbum([{}, {}]);
    await transfer(album.slice(1));
    expect(desk.messages[0]).not.toHaveProperty('media_group_id');
  });

  it('goes to a topic, and takes no keyboard', async () => {
    const forum = telegram.createForum({ title: 'Forum' });
    const topic = forum.agent('Bob').createTopic('T');
    await transfer([source.agent('Ann').write('one')], {
      chat_id: forum.id,
      message_thread_id: topic.id,
      protect_content: true,
      reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
    });
    expect(forum.messages.at(-1)).toMatchObject({
      text: 'one',
      message_thread_id: topic.id,
      has_protected_content: true,
    });
    expect(forum.messages.at(-1)).not.toHaveProperty('reply_markup');
  });

  it('counts each message in the flood limits, and sends all or none', async () => {
    await telegram.stop();
    telegram = await BotApiEmulator.start({ limits: { group: { messages: 2, windowMs: 60_000 } } });
    client = new WireClient(telegram);
    source = telegram.createSupergroup({ title: 'Source' });
    desk = telegram.createSupergroup({ title: 'Desk' });
    await client.call('sendMessage', { chat_id: desk.id, text: 'before' });
    const messages = [source.agent('Ann').write('one'), source.agent('Ann').write('two')];
    expect(await transfer(messages)).toMatchObject({ error_code: 429 });
    expect(desk.messages).toHaveLength(1);
  });
});

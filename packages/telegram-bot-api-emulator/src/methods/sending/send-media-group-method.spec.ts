import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';
import { createBlankJpeg } from '../../files/blank-image.js';
import type { FileKind } from '../../files/stored-file.js';

describe('SendMediaGroupMethod', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let desk: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    client = new WireClient(telegram);
    desk = telegram.createSupergroup({ title: 'Desk' });
  });

  afterEach(() => telegram.stop());

  const send = (media: unknown, params: object = {}): Promise<unknown> =>
    client.call('sendMediaGroup', { chat_id: desk.id, media, ...params });
  const errorOf = (media: unknown): Promise<string> =>
    client.errorOf('sendMediaGroup', { chat_id: desk.id, media });

  /** Items that name files which an agent has sent elsewhere. */
  function itemsOf(...kinds: FileKind[]): Array<{ type: FileKind; media: string | undefined }> {
    const source = telegram.createGroup({ title: 'Source' }).agent('Ann');
    return kinds.map((type) => {
      const message = source.sendFile(type);
      const file = type === 'photo' ? message.photo?.at(-1) : message[type];
      return { type, media: file?.file_id };
    });
  }

  it('posts a message for each item, which one media_group_id holds together', async () => {
    const [photo, video] = itemsOf('photo', 'video');
    const answer = await send([{ ...photo, caption: '<b>Hi</b>', parse_mode: 'HTML' }, video]);
    const { messages } = desk;
    expect(answer).toEqual({ ok: true, result: messages });
    expect(messages).toMatchObject([
      {
        message_id: 1,
        photo: expect.any(Array),
        caption: 'Hi',
        caption_entities: [{ type: 'bold', offset: 0, length: 2 }],
      },
      { message_id: 2, video: { file_id: video?.media } },
    ]);
    expect(messages[1]).not.toHaveProperty('caption');
    expect(messages[0]?.media_group_id).toMatch(/^\d+$/);
    expect(messages[1]?.media_group_id).toBe(messages[0]?.media_group_id);
  });

  it('takes live photos and thumbnails that come with the call', async () => {
    const media = JSON.stringify([
      { type: 'live_photo', media: 'attach://moving', photo: 'attach://still' },
      { type: 'video', media: 'attach://moving', thumbnail: 'attach://still' },
    ]);
    const moving = new File(['video'], 'a.mp4');
    const still = new File([createBlankJpeg(60, 40)], 'a.jpg');
    const fields = { chat_id: desk.id, media, moving, still };
    expect(await client.upload('sendMediaGroup', fields)).toMatchObject({
      result: [
        { live_photo: { file_size: 5, photo: [{ width: 60 }] } },
        { video: { thumbnail: { width: 60, height: 40 } } },
      ],
    });
    expect(await errorOf([{ type: 'live_photo', media: 'AA' }])).toBe(
      "Bad Request: can't parse InputMedia: photo not found",
    );
  });

  it('gives each album an id of its own', async () => {
    const items = itemsOf('photo', 'photo');
    await send(items);
    await send(items);
    expect(new Set(desk.messages.map((message) => message.media_group_id)).size).toBe(2);
  });

  it('takes files that come with the call', async () => {
    const media = JSON.stringify([
      { type: 'photo', media: 'attach://one' },
      { type: 'document', media: 'attach://two' },
    ]);
    const fields = { chat_id: desk.id, one: picture(50), two: picture(60) };
    const photos = media.replace('document', 'photo');
    expect(await client.upload('sendMediaGroup', { ...fields, media: photos })).toMatchObject({
      result: [{ photo: [{ width: 50 }] }, { photo: [{ width: 60 }] }],
    });
    expect(telegram.calls).toMatchObject([{ files: { one: '50.jpg', two: '60.jpg' } }]);
    expect(await client.upload('sendMediaGroup', { ...fields, media })).toMatchObject({
      ok: false,
    });
  });

  it.each<[FileKind[]]>([
    [['photo']],
    [['photo', 'video', 'photo']],
    [['document', 'document']],
    [['audio', 'audio']],
    [Array.from({ length: 10 }, () => 'photo' as const)],
  ])('takes %j together', async (kinds) => {
    expect(await send(itemsOf(...kinds))).toMatchObject({ result: { length: kinds.length } });
  });

  it.each<[FileKind[], string]>([
    [[], 'there are no messages to send'],
    [Array.from({ length: 11 }, () => 'photo' as const), 'too many messages to send as an album'],
    [['photo', 'document'], "document can't be mixed with other media types"],
    [['audio', 'video'], "audio can't be mixed with other media types"],
    [['animation'], "animation can't be mixed with other media types"],
    [['audio', 'document'], "document can't be mixed with other media types"],
  ])('refuses %j: %s', async (kinds, reason) => {
    expect(await errorOf(itemsOf(...kinds))).toBe(`Bad Request: ${reason}`);
    expect(desk.messages).toEqual([]);
  });

  it('posts nothing when one item fails, and says which', async () => {
    const [photo, other] = itemsOf('photo', 'photo');
    expect(await errorOf([photo, { type: 'photo', media: 'http://10.0.0.1/a.jpg' }, other])).toBe(
      'Bad Request: failed to send message #2 with the error message "wrong HTTP URL specified"',
    );
    expect(desk.messages).toEqual([]);
  });

  it('counts each item in the flood limits, and nothing of an album that is refused', async () => {
    await telegram.stop();
    telegram = await BotApiEmulator.start({ limits: { group: { messages: 3, windowMs: 60_000 } } });
    client = new WireClient(telegram);
    desk = telegram.createSupergroup({ title: 'Desk' });
    const items = itemsOf('photo', 'photo');
    expect(await send(items)).toMatchObject({ ok: true });
    expect(await send(items)).toMatchObject({ error_code: 429 });
    expect(await client.errorOf('sendMessage', { chat_id: desk.id, text: 'hi' })).toBe('ok');
    expect(desk.messages).toHaveLength(3);
  });

  it('takes no keyboard, not even a broken one', async () => {
    const markup = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] };
    await send(itemsOf('photo'), { reply_markup: markup });
    await send(itemsOf('photo'), { reply_markup: '{' });
    expect(desk.messages).toHaveLength(2);
    for (const message of desk.messages) expect(message).not.toHaveProperty('reply_markup');
  });

  it('goes to the topic, and replies, as a whole', async () => {
    const forum = telegram.createForum({ title: 'Forum' });
    const topic = forum.agent('Ann').createTopic('T');
    const question = forum.agent('Ann').write('Help', { message_thread_id: topic.id });
    await client.call('sendMediaGroup', {
      chat_id: forum.id,
      media: itemsOf('photo', 'video'),
      message_thread_id: topic.id,
      reply_parameters: { message_id: question.message_id },
      protect_content: true,
    });
    const expected = {
      message_thread_id: topic.id,
      is_topic_message: true,
      has_protected_content: true,
      reply_to_message: { message_id: question.message_id },
    };
    expect(forum.messages.slice(-2)).toMatchObject([expected, expected]);
  });

  it('brings no update: it is the own message of the bot', async () => {
    await send(itemsOf('photo', 'photo'));
    const texts = JSON.stringify(await client.call('getUpdates'));
    expect(texts).not.toContain(String(desk.id));
  });
});

function picture(side: number): File {
  return new File([createBlankJpeg(side, side)], `${side}.jpg`);
}

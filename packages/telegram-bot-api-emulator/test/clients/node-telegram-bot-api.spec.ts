import { Api, InlineKeyboardBuilder, InputFile, MediaGroupBuilder } from 'node-telegram-bot-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotApiEmulator, type EmulatedChat } from '../../src/index.js';
import { ALL_BYTES, download, PICTURE } from './client-support.js';

describe('node-telegram-bot-api', () => {
  let telegram: BotApiEmulator;
  let forum: EmulatedChat;
  let chat_id: number;
  let api: Api;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    forum = telegram.createForum({ title: 'Desk' });
    chat_id = forum.id;
    api = new Api(telegram.bot.token, { apiRoot: telegram.apiRoot });
  });

  afterEach(async () => {
    await telegram.stop();
    telegram.assertConformant();
  });

  it('learns who it is', async () => {
    const { id, username } = telegram.bot;
    expect(await api.getMe()).toMatchObject({ id, username, is_bot: true });
  });

  describe('messages', () => {
    it('sends HTML, which arrives as text with entities', async () => {
      const sent = await api.sendMessage({
        chat_id,
        text: '<b>Help</b> <tg-spoiler>& me</tg-spoiler>',
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
      });
      expect(forum.messages).toEqual([sent]);
      expect(sent).toMatchObject({
        text: 'Help & me',
        from: { id: telegram.bot.id },
        entities: [
          { type: 'bold', offset: 0, length: 4 },
          { type: 'spoiler', offset: 5, length: 4 },
        ],
      });
    });

    it('sends a text with entities of its own', async () => {
      const entities = [{ type: 'italic', offset: 0, length: 4 } as const];
      await api.sendMessage({ chat_id, text: 'Help & me', entities });
      expect(forum.messages).toMatchObject([{ text: 'Help & me', entities }]);
    });

    it('replies to what somebody wrote', async () => {
      const { message_id } = forum.agent('Ann').write('Are you there?');
      await api.sendMessage({ chat_id, text: 'Yes', reply_parameters: { message_id } });
      expect(forum.messages.at(-1)).toMatchObject({
        text: 'Yes',
        reply_to_message: { message_id, text: 'Are you there?' },
      });
    });

    it('edits a text', async () => {
      const { message_id } = await api.sendMessage({ chat_id, text: 'Open' });
      const edited = await api.editMessageText({
        chat_id,
        message_id,
        text: '<s>Closed</s>',
        parse_mode: 'HTML',
      });
      expect(forum.messages).toEqual([edited]);
      expect(edited).toMatchObject({
        message_id,
        text: 'Closed',
        entities: [{ type: 'strikethrough', offset: 0, length: 6 }],
        edit_date: expect.any(Number),
      });
    });

    it('deletes one message or several', async () => {
      const ids: number[] = [];
      for (const text of ['one', 'two', 'three', 'four']) {
        ids.push((await api.sendMessage({ chat_id, text })).message_id);
      }
      const [one = 0, two = 0, three = 0] = ids;
      expect(await api.deleteMessage({ chat_id, message_id: two })).toBe(true);
      expect(await api.deleteMessages({ chat_id, message_ids: [one, three] })).toBe(true);
      expect(forum.messages.map(({ text }) => text)).toEqual(['four']);
    });
  });

  it('takes a topic through its life', async () => {
    const { message_thread_id: id } = await api.createForumTopic({ chat_id, name: 'Ann' });
    await api.sendMessage({ chat_id, message_thread_id: id, text: 'Hello' });
    expect(forum.topics).toMatchObject([
      {
        id,
        name: 'Ann',
        isClosed: false,
        messages: [{ forum_topic_created: { name: 'Ann' } }, { text: 'Hello' }],
      },
    ]);

    const topic = { chat_id, message_thread_id: id };
    await api.editForumTopic({ ...topic, name: 'Ann (solved)' });
    await api.closeForumTopic(topic);
    expect(forum.topics).toMatchObject([{ id, name: 'Ann (solved)', isClosed: true }]);

    await api.reopenForumTopic(topic);
    expect(forum.topics).toMatchObject([{ id, isClosed: false }]);

    await api.deleteForumTopic(topic);
    expect(forum.topics).toEqual([]);
    expect(forum.messages).toEqual([]);
  });

  describe('files', () => {
    async function downloadById(fileId: string): Promise<Buffer> {
      const { file_path } = await api.getFile({ file_id: fileId });
      return download(`${telegram.apiRoot}/file/bot${telegram.bot.token}/${file_path}`);
    }

    it('uploads a photo, sends it again by its id and downloads it', async () => {
      await api.sendPhoto({
        chat_id,
        photo: new InputFile(PICTURE, { filename: 'pixel.png', contentType: 'image/png' }),
        caption: '<b>A pixel</b>',
        parse_mode: 'HTML',
      });
      const fileId = forum.messages[0]?.photo?.at(-1)?.file_id ?? '';
      await api.sendPhoto({ chat_id, photo: fileId });
      expect(forum.messages).toMatchObject([
        {
          caption: 'A pixel',
          caption_entities: [{ type: 'bold' }],
          photo: [{ width: 1, height: 1, file_size: PICTURE.length }],
        },
        { photo: [{ file_id: fileId }] },
      ]);
      expect(await downloadById(fileId)).toEqual(PICTURE);
      expect(telegram.callsOf('sendPhoto').map(({ files }) => Object.values(files))).toEqual([
        ['pixel.png'],
        [],
      ]);
    });

    it('uploads a document, sends it again by its id and downloads it', async () => {
      await api.sendDocument({
        chat_id,
        document: new InputFile(ALL_BYTES, { filename: 'all bytes.bin' }),
      });
      const fileId = forum.messages[0]?.document?.file_id ?? '';
      await api.sendDocument({ chat_id, document: fileId, caption: 'Again' });
      const expected = {
        file_id: fileId,
        file_name: 'all bytes.bin',
        file_size: ALL_BYTES.length,
      };
      expect(forum.messages).toMatchObject([
        { document: expected },
        { document: expected, caption: 'Again' },
      ]);
      expect(await downloadById(fileId)).toEqual(ALL_BYTES);
    });

    it('uploads into a topic, as a reply', async () => {
      const ann = forum.agent('Ann');
      const { id: message_thread_id } = ann.createTopic('Files');
      const { message_id } = ann.write('Send it', { message_thread_id });
      await api.sendPhoto({
        chat_id,
        message_thread_id,
        photo: new InputFile(PICTURE),
        reply_parameters: { message_id },
        caption: 'Here',
        caption_entities: [{ type: 'bold', offset: 0, length: 4 }],
      });
      expect(forum.topics[0]?.messages.at(-1)).toMatchObject({
        photo: [{ width: 1 }],
        caption_entities: [{ type: 'bold' }],
        reply_to_message: { message_id },
      });
    });

    it('uploads a stream', async () => {
      const stream = (): ReadableStream<Uint8Array> => new Blob([ALL_BYTES]).stream();
      await api.sendDocument({ chat_id, document: new InputFile(stream, { filename: 's.bin' }) });
      expect(forum.messages).toMatchObject([{ document: { file_name: 's.bin' } }]);
      expect(await downloadById(forum.messages[0]?.document?.file_id ?? '')).toEqual(ALL_BYTES);
    });

    it('downloads what somebody sent', async () => {
      const { document } = forum.agent('Ann').sendFile('document', { bytes: ALL_BYTES });
      expect(await downloadById(document?.file_id ?? '')).toEqual(ALL_BYTES);
    });

    it('sends an album of uploads', async () => {
      const media = new MediaGroupBuilder()
        .photo({ media: new InputFile(PICTURE, { filename: 'one.png' }), caption: 'Both' })
        .photo({ media: new InputFile(PICTURE, { filename: 'two.png' }) })
        .build();
      const sent = await api.sendMediaGroup({ chat_id, media });
      const groupId = forum.messages[0]?.media_group_id;
      expect(groupId).toMatch(/^\d+$/);
      expect(forum.messages).toEqual(sent);
      expect(forum.messages).toMatchObject([
        { media_group_id: groupId, caption: 'Both', photo: [{ width: 1 }] },
        { media_group_id: groupId, photo: [{ width: 1 }] },
      ]);
    });
  });

  it('shows an inline keyboard, which an edit without one takes away', async () => {
    const keyboard = new InlineKeyboardBuilder().text('Take', 'take:1').url('Docs', 'https://a.b/');
    const reply_markup = keyboard.build();
    const { message_id } = await api.sendMessage({ chat_id, text: 'A ticket', reply_markup });
    expect(forum.messages).toMatchObject([{ reply_markup }]);
    await api.editMessageText({ chat_id, message_id, text: 'Taken' });
    expect(forum.messages[0]).not.toHaveProperty('reply_markup');
  });

  it('reacts to a message and takes the reaction back', async () => {
    const { message_id } = forum.agent('Ann').write('Thanks!');
    await api.setMessageReaction({
      chat_id,
      message_id,
      reaction: [{ type: 'emoji', emoji: '🎉' }],
    });
    expect(forum.reactionsOn(message_id)).toEqual(['🎉']);
    await api.setMessageReaction({ chat_id, message_id });
    expect(forum.reactionsOn(message_id)).toEqual([]);
  });

  it('sets its commands, of all chats and of one', async () => {
    const commands = [{ command: 'close', description: 'Close the ticket' }];
    const scope = { type: 'chat', chat_id } as const;
    await api.setMyCommands({ commands });
    await api.setMyCommands({ commands: [{ command: 'help', description: 'Help' }], scope });
    expect(telegram.bot.commands).toEqual(commands);
    expect(await api.getMyCommands({})).toEqual(commands);
    expect(await api.getMyCommands({ scope })).toEqual([{ command: 'help', description: 'Help' }]);
  });
});

import { Input, Telegraf, type Telegram } from 'telegraf';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotApiEmulator, type EmulatedChat } from '../../src/index.js';
import { ALL_BYTES, download, PICTURE } from './client-support.js';

describe('telegraf', () => {
  let telegram: BotApiEmulator;
  let forum: EmulatedChat;
  let api: Telegram;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    forum = telegram.createForum({ title: 'Desk' });
    const { apiRoot } = telegram;
    api = new Telegraf(telegram.bot.token, { telegram: { apiRoot } }).telegram;
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
      const sent = await api.sendMessage(forum.id, '<b>Help</b> &lt;<code>x</code>&gt;', {
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
      });
      expect(forum.messages).toEqual([sent]);
      expect(sent).toMatchObject({
        text: 'Help <x>',
        from: { id: telegram.bot.id },
        entities: [
          { type: 'bold', offset: 0, length: 4 },
          { type: 'code', offset: 6, length: 1 },
        ],
      });
    });

    it('replies to what somebody wrote', async () => {
      const { message_id } = forum.agent('Ann').write('Are you there?');
      await api.sendMessage(forum.id, 'Yes', { reply_parameters: { message_id } });
      expect(forum.messages.at(-1)).toMatchObject({
        text: 'Yes',
        reply_to_message: { message_id, text: 'Are you there?' },
      });
    });

    it('edits a text', async () => {
      const { message_id } = await api.sendMessage(forum.id, 'Open');
      const edited = await api.editMessageText(forum.id, message_id, undefined, '<u>Closed</u>', {
        parse_mode: 'HTML',
      });
      expect(forum.messages).toEqual([edited]);
      expect(edited).toMatchObject({
        message_id,
        text: 'Closed',
        entities: [{ type: 'underline', offset: 0, length: 6 }],
        edit_date: expect.any(Number),
      });
    });

    it('deletes one message or several', async () => {
      const ids: number[] = [];
      for (const text of ['one', 'two', 'three', 'four']) {
        ids.push((await api.sendMessage(forum.id, text)).message_id);
      }
      const [one = 0, two = 0, three = 0] = ids;
      expect(await api.deleteMessage(forum.id, two)).toBe(true);
      expect(await api.deleteMessages(forum.id, [one, three])).toBe(true);
      expect(forum.messages.map(({ text }) => text)).toEqual(['four']);
    });
  });

  it('takes a topic through its life', async () => {
    const { message_thread_id: id } = await api.createForumTopic(forum.id, 'Ann', {
      icon_color: 0xff93b2,
    });
    await api.sendMessage(forum.id, 'Hello', { message_thread_id: id });
    expect(forum.topics).toMatchObject([
      {
        id,
        name: 'Ann',
        iconColor: 0xff93b2,
        isClosed: false,
        messages: [{ forum_topic_created: { name: 'Ann' } }, { text: 'Hello' }],
      },
    ]);

    await api.editForumTopic(forum.id, id, { name: 'Ann (solved)' });
    await api.closeForumTopic(forum.id, id);
    expect(forum.topics).toMatchObject([{ id, name: 'Ann (solved)', isClosed: true }]);

    await api.reopenForumTopic(forum.id, id);
    expect(forum.topics).toMatchObject([{ id, isClosed: false }]);

    await api.deleteForumTopic(forum.id, id);
    expect(forum.topics).toEqual([]);
    expect(forum.messages).toEqual([]);
  });

  describe('files', () => {
    async function downloadById(fileId: string): Promise<Buffer> {
      return download(await api.getFileLink(fileId));
    }

    it('uploads a photo, sends it again by its id and downloads it', async () => {
      const first = await api.sendPhoto(forum.id, Input.fromBuffer(PICTURE, 'pixel.png'), {
        caption: '<b>A pixel</b>',
        parse_mode: 'HTML',
      });
      const { file_id: fileId = '' } = first.photo.at(-1) ?? {};
      await api.sendPhoto(forum.id, fileId);
      expect(forum.messages).toMatchObject([
        {
          caption: 'A pixel',
          caption_entities: [{ type: 'bold' }],
          photo: [{ file_id: fileId, width: 1, height: 1, file_size: PICTURE.length }],
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
      const { document } = await api.sendDocument(
        forum.id,
        Input.fromBuffer(ALL_BYTES, 'all bytes.bin'),
      );
      await api.sendDocument(forum.id, document.file_id, { caption: 'Again' });
      const { file_id } = document;
      const expected = { file_id, file_name: 'all bytes.bin', file_size: ALL_BYTES.length };
      expect(forum.messages).toMatchObject([
        { document: expected },
        { document: expected, caption: 'Again' },
      ]);
      expect(await downloadById(file_id)).toEqual(ALL_BYTES);
    });

    it('uploads into a topic', async () => {
      const { id: message_thread_id } = forum.agent('Ann').createTopic('Files');
      await api.sendPhoto(forum.id, Input.fromBuffer(PICTURE), {
        message_thread_id,
        caption: 'Here',
        reply_markup: { inline_keyboard: [[{ text: 'Thanks', callback_data: 'thanks' }]] },
      });
      expect(forum.topics[0]?.messages.at(-1)).toMatchObject({
        photo: [{ width: 1 }],
        caption: 'Here',
        reply_markup: { inline_keyboard: [[{ text: 'Thanks', callback_data: 'thanks' }]] },
      });
    });

    it('downloads what somebody sent', async () => {
      const { document } = forum.agent('Ann').sendFile('document', { bytes: ALL_BYTES });
      expect(await downloadById(document?.file_id ?? '')).toEqual(ALL_BYTES);
    });

    it('sends an album of uploads', async () => {
      const sent = await api.sendMediaGroup(forum.id, [
        { type: 'document', media: Input.fromBuffer(ALL_BYTES, 'one.bin') },
        { type: 'document', media: Input.fromBuffer(PICTURE, 'two.png'), caption: 'Both' },
      ]);
      const groupId = forum.messages[0]?.media_group_id;
      expect(groupId).toMatch(/^\d+$/);
      expect(forum.messages).toEqual(sent);
      expect(forum.messages).toMatchObject([
        { media_group_id: groupId, document: { file_name: 'one.bin' } },
        { media_group_id: groupId, document: { file_name: 'two.png' }, caption: 'Both' },
      ]);
      expect(await downloadById(forum.messages[1]?.document?.file_id ?? '')).toEqual(PICTURE);
    });
  });

  it('shows an inline keyboard, which an edit without one takes away', async () => {
    const keyboard = [[{ text: 'Take', callback_data: 'take:1' }]];
    const { message_id } = await api.sendMessage(forum.id, 'A ticket', {
      reply_markup: { inline_keyboard: keyboard },
    });
    expect(forum.messages).toMatchObject([{ reply_markup: { inline_keyboard: keyboard } }]);
    await api.editMessageText(forum.id, message_id, undefined, 'Taken');
    expect(forum.messages[0]).not.toHaveProperty('reply_markup');
  });

  it('reacts to a message and takes the reaction back', async () => {
    const { message_id } = forum.agent('Ann').write('Thanks!');
    await api.setMessageReaction(forum.id, message_id, [{ type: 'emoji', emoji: '👍' }]);
    expect(forum.reactionsOn(message_id)).toEqual(['👍']);
    await api.setMessageReaction(forum.id, message_id);
    expect(forum.reactionsOn(message_id)).toEqual([]);
  });

  it('sets its commands, of all chats and of one', async () => {
    const commands = [{ command: 'close', description: 'Close the ticket' }];
    const scope = { type: 'chat', chat_id: forum.id } as const;
    await api.setMyCommands(commands);
    await api.setMyCommands([{ command: 'help', description: 'Help' }], { scope });
    expect(telegram.bot.commands).toEqual(commands);
    expect(await api.getMyCommands({ scope })).toEqual([{ command: 'help', description: 'Help' }]);
    await api.deleteMyCommands();
    expect(telegram.bot.commands).toEqual([]);
  });
});

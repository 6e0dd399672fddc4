import { Bot, InlineKeyboard, InputFile, InputMediaBuilder } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotApiEmulator, type EmulatedChat } from '../../src/index.js';
import { ALL_BYTES, download, PICTURE } from './client-support.js';

describe('grammY', () => {
  let telegram: BotApiEmulator;
  let forum: EmulatedChat;
  let api: Bot['api'];

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    forum = telegram.createForum({ title: 'Desk' });
    api = new Bot(telegram.bot.token, { client: { apiRoot: telegram.apiRoot } }).api;
  });

  afterEach(async () => {
    await telegram.stop();
    telegram.assertConformant();
  });

  it('learns who it is', async () => {
    const { token, id, username } = telegram.bot;
    const bot = new Bot(token, { client: { apiRoot: telegram.apiRoot } });
    await bot.init();
    expect(bot.botInfo).toMatchObject({ id, username, is_bot: true, can_join_groups: true });
  });

  describe('messages', () => {
    it('sends HTML, which arrives as text with entities', async () => {
      const sent = await api.sendMessage(
        forum.id,
        '<b>Help</b> &amp; <a href="https://a.b/">me</a>',
        {
          parse_mode: 'HTML',
          link_preview_options: { is_disabled: true },
        },
      );
      expect(forum.messages).toEqual([sent]);
      expect(sent).toMatchObject({
        text: 'Help & me',
        from: { id: telegram.bot.id },
        entities: [
          { type: 'bold', offset: 0, length: 4 },
          { type: 'text_link', offset: 7, length: 2, url: 'https://a.b/' },
        ],
      });
    });

    it('replies to what somebody wrote', async () => {
      const question = forum.agent('Ann').write('Are you there?');
      await api.sendMessage(forum.id, 'Yes', {
        reply_parameters: { message_id: question.message_id },
      });
      expect(forum.messages.at(-1)).toMatchObject({
        text: 'Yes',
        reply_to_message: { message_id: question.message_id, text: 'Are you there?' },
      });
    });

    it('edits a text', async () => {
      const { message_id } = await api.sendMessage(forum.id, 'Open');
      const edited = await api.editMessageText(forum.id, message_id, '<i>Closed</i>', {
        parse_mode: 'HTML',
      });
      expect(forum.messages).toEqual([edited]);
      expect(edited).toMatchObject({
        message_id,
        text: 'Closed',
        entities: [{ type: 'italic', offset: 0, length: 6 }],
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
      icon_color: 0x6fb9f0,
    });
    const sent = await api.sendMessage(forum.id, 'Hello', { message_thread_id: id });
    expect(sent).toMatchObject({ message_thread_id: id, is_topic_message: true });
    expect(forum.topics).toMatchObject([
      {
        id,
        name: 'Ann',
        iconColor: 0x6fb9f0,
        isClosed: false,
        messages: [{ forum_topic_created: { name: 'Ann' } }, { text: 'Hello' }],
      },
    ]);

    await api.editForumTopic(forum.id, id, { name: 'Ann (solved)' });
    await api.closeForumTopic(forum.id, id);
    expect(forum.topics).toMatchObject([{ id, name: 'Ann (solved)', isClosed: true }]);

    await api.reopenForumTopic(forum.id, id);
    await api.editForumTopic(forum.id, id);
    expect(forum.topics).toMatchObject([{ id, isClosed: false }]);
    expect(forum.messages.slice(2)).toMatchObject([
      { forum_topic_edited: { name: 'Ann (solved)' } },
      { forum_topic_closed: {} },
      { forum_topic_reopened: {} },
    ]);

    await api.deleteForumTopic(forum.id, id);
    expect(forum.topics).toEqual([]);
    expect(forum.messages).toEqual([]);
  });

  it('has a first topic of another id than General when topics are switched on', async () => {
    const group = telegram.createSupergroup({ title: 'Another desk' });
    group.setForum(true);
    const { message_thread_id } = await api.createForumTopic(group.id, 'Ann');
    await api.sendMessage(group.id, 'Hello', { message_thread_id });
    expect(group.topics).toMatchObject([{ name: 'Ann', messages: [{}, { text: 'Hello' }] }]);
    expect(group.generalTopic).toMatchObject({ name: 'General' });
  });

  describe('files', () => {
    async function downloadById(fileId: string): Promise<Buffer> {
      const { file_path } = await api.getFile(fileId);
      return download(`${telegram.apiRoot}/file/bot${telegram.bot.token}/${file_path}`);
    }

    it('uploads a photo, sends it again by its id and downloads it', async () => {
      const first = await api.sendPhoto(forum.id, new InputFile(PICTURE, 'pixel.png'), {
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
      const { document } = await api.sendDocument(forum.id, new InputFile(ALL_BYTES, 'all.bin'));
      await api.sendDocument(forum.id, document.file_id, { caption: 'Again' });
      const { file_id, file_unique_id } = document;
      const expected = {
        file_id,
        file_unique_id,
        file_name: 'all.bin',
        file_size: ALL_BYTES.length,
      };
      expect(forum.messages).toMatchObject([
        { document: expected },
        { document: expected, caption: 'Again' },
      ]);
      expect(await downloadById(file_id)).toEqual(ALL_BYTES);
    });

    it('uploads into a topic, as a reply', async () => {
      const ann = forum.agent('Ann');
      const { id: message_thread_id } = ann.createTopic('Files');
      const { message_id } = ann.write('Send it', { message_thread_id });
      await api.sendPhoto(forum.id, new InputFile(PICTURE), {
        message_thread_id,
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

    it('downloads what somebody sent', async () => {
      const { document } = forum.agent('Ann').sendFile('document', { bytes: ALL_BYTES });
      expect(await downloadById(document?.file_id ?? '')).toEqual(ALL_BYTES);
    });

    it('sends an album of uploads', async () => {
      const sent = await api.sendMediaGroup(forum.id, [
        InputMediaBuilder.photo(new InputFile(PICTURE, 'one.png'), { caption: 'Both' }),
        InputMediaBuilder.photo(new InputFile(PICTURE, 'two.png')),
      ]);
      const groupId = forum.messages[0]?.media_group_id;
      expect(groupId).toMatch(/^\d+$/);
      expect(forum.messages).toEqual(sent);
      expect(forum.messages).toMatchObject([
        { media_group_id: groupId, caption: 'Both', photo: [{ width: 1 }] },
        { media_group_id: groupId, photo: [{ width: 1 }] },
      ]);
      expect(forum.messages[1]).not.toHaveProperty('caption');
    });
  });

  it('shows an inline keyboard', async () => {
    const keyboard = new InlineKeyboard().text('Take', 'take:1').url('Docs', 'https://a.b/');
    await api.sendMessage(forum.id, 'A ticket', { reply_markup: keyboard });
    expect(forum.messages).toMatchObject([
      {
        reply_markup: {
          inline_keyboard: [
            [
              { text: 'Take', callback_data: 'take:1' },
              { text: 'Docs', url: 'https://a.b/' },
            ],
          ],
        },
      },
    ]);
  });

  it.each([
    ['no keyboard', {}],
    ['an empty keyboard', { reply_markup: new InlineKeyboard() }],
    ['a keyboard without buttons', { reply_markup: { inline_keyboard: [] } }],
  ])('takes an inline keyboard away by an edit with %s', async (_name, options) => {
    const { message_id } = await api.sendMessage(forum.id, 'A ticket', {
      reply_markup: new InlineKeyboard().text('Take', 'take:1'),
    });
    await api.editMessageReplyMarkup(forum.id, message_id, options);
    expect(forum.messages).toMatchObject([{ text: 'A ticket' }]);
    expect(forum.messages[0]).not.toHaveProperty('reply_markup');
  });

  it('reacts to a message and takes the reaction back', async () => {
    const { message_id } = forum.agent('Ann').write('Thanks!');
    await api.setMessageReaction(forum.id, message_id, [{ type: 'emoji', emoji: '❤' }]);
    expect(forum.reactionsOn(message_id)).toEqual(['❤']);
    await api.setMessageReaction(forum.id, message_id, []);
    expect(forum.reactionsOn(message_id)).toEqual([]);
  });

  it('sets its commands, of all chats and of one', async () => {
    const commands = [{ command: 'close', description: 'Close the ticket' }];
    await api.setMyCommands(commands);
    await api.setMyCommands([{ command: 'help', description: 'Help' }], {
      scope: { type: 'chat', chat_id: forum.id },
    });
    expect(telegram.bot.commands).toEqual(commands);
    expect(await api.getMyCommands()).toEqual(commands);
    expect(await api.getMyCommands({ scope: { type: 'chat', chat_id: forum.id } })).toEqual([
      { command: 'help', description: 'Help' },
    ]);
  });
});

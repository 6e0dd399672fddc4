import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedAgent } from './emulated-agent.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

const START_SECONDS = 1_750_000_000;

describe('EmulatedAgent', () => {
  let clock: VirtualClock;
  let telegram: BotApiEmulator<VirtualClock>;
  let bot: EmulatorClient;
  let desk: EmulatedChat;
  let ann: EmulatedAgent;

  beforeEach(async () => {
    clock = new VirtualClock(START_SECONDS * 1000);
    telegram = await BotApiEmulator.start({ clock });
    bot = new EmulatorClient(telegram);
    desk = telegram.createSupergroup({ title: 'Desk' });
    ann = desk.agent('Ann');
  });

  afterEach(() => telegram.stop());

  describe('replyFromElsewhere', () => {
    it('shows the message of another topic as an external reply', () => {
      const forum = telegram.createForum({ title: 'Forum' });
      const bob = forum.agent('Bob');
      const [here, there] = [bob.createTopic('Here'), bob.createTopic('There')];
      const notice = bob.write('Question', { message_thread_id: here.id });
      const reply = bob.replyFromElsewhere(notice, 'Answer', { message_thread_id: there.id });
      expect(reply).toMatchObject({
        message_thread_id: there.id,
        external_reply: {
          origin: { type: 'user', sender_user: bob.user, date: notice.date },
          chat: notice.chat,
          message_id: notice.message_id,
        },
      });
      expect(reply.reply_to_message?.message_id).toBe(there.id);
      const inPlace = { message_thread_id: here.id };
      expect(() => bob.replyFromElsewhere(notice, 'Answer', inPlace)).toThrow('is not elsewhere');
    });

    it('quotes the text without its links, and shows what was attached', () => {
      const forum = telegram.createForum({ title: 'Forum' });
      const bob = forum.agent('Bob');
      const topic = bob.createTopic('Here');
      const link = {
        type: 'text_link',
        url: 'https://example.com/',
        offset: 0,
        length: 3,
      } as const;
      const bold = { type: 'bold', offset: 4, length: 3 } as const;
      const photo = bob.sendPhoto({
        caption: 'One two',
        extra: { message_thread_id: topic.id, caption_entities: [link, bold] },
      });
      const reply = bob.replyFromElsewhere(photo, 'Answer');
      expect(reply.external_reply).toMatchObject({ photo: photo.photo, message_id: 3 });
      expect(reply.external_reply).not.toHaveProperty('caption');
      expect(reply.quote).toEqual({ text: 'One two', entities: [bold], position: 0 });
      const manual = { text: 'two', position: 4, is_manual: true } as const;
      expect(bob.replyFromElsewhere(photo, 'Answer', { quote: manual }).quote).toEqual(manual);
      expect(bob.replyFromElsewhere(bob.inTopic(topic).sendPhoto(), 'x').quote).toBe(undefined);
      const event = forum.messages[0];
      expect(() => event && bob.replyFromElsewhere(event, 'x')).toThrow('nobody replies to it');
    });

    it('names the channel of a post, also of one that was forwarded', () => {
      const channel = telegram.createChannel({ title: 'News' });
      const post = channel.agent('Boss', { status: 'administrator' }).write('Read this');
      const shown = {
        origin: { type: 'channel', chat: post.chat, message_id: post.message_id },
        chat: post.chat,
        message_id: post.message_id,
      };
      expect(ann.replyFromElsewhere(post, 'x').external_reply).toMatchObject(shown);
      const other = telegram.createSupergroup({ title: 'Other' });
      const forwarded = other.agent('Ann').forward(post);
      expect(ann.replyFromElsewhere(forwarded, 'x').external_reply).toMatchObject(shown);
    });

    it('shows neither chat nor id of a message in a basic group', () => {
      const group = telegram.createGroup({ title: 'Group' });
      const asked = group.agent('Bob').write('Question');
      const reply = ann.replyFromElsewhere(asked, 'Answer');
      expect(reply).toMatchObject({ external_reply: { origin: { type: 'user' } } });
      expect(reply).not.toHaveProperty('external_reply.message_id');
      expect(reply).not.toHaveProperty('reply_to_message');
    });
  });

  describe('quote', () => {
    it('replies to a part of a message', () => {
      const forum = telegram.createForum({ title: 'Forum' });
      const bob = forum.agent('Bob');
      const topic = bob.createTopic('Here');
      const bold = { type: 'bold', offset: 0, length: 7 } as const;
      const old = bob.inTopic(topic).write('One two three', { entities: [bold] });
      bob.inTopic(topic).write('Newer');
      expect(bob.quote(old, 'two', 'Answer')).toMatchObject({
        message_thread_id: topic.id,
        reply_to_message: { message_id: old.message_id },
        quote: { text: 'two', entities: [{ ...bold, length: 3 }], position: 4, is_manual: true },
        text: 'Answer',
      });
    });

    it.each(['four', ''])('cannot quote %j, which is not there', (part) => {
      const message = ann.write('One two three');
      expect(() => ann.quote(message, part, 'Answer')).toThrow(`does not say "${part}"`);
    });
  });

  describe('write', () => {
    it('sends the bot the message that it returns', async () => {
      const message = ann.write('Hello');
      expect(await bot.updates()).toEqual([{ update_id: expect.any(Number), message }]);
      expect(message).toEqual({
        message_id: 1,
        from: ann.user,
        chat: { id: desk.id, title: 'Desk', type: 'supergroup' },
        date: START_SECONDS,
        text: 'Hello',
      });
    });

    it.each([
      ['a command', '/help me', [{ type: 'bot_command', offset: 0, length: 5 }]],
      ['a mention', 'ask @ann_smith', [{ type: 'mention', offset: 4, length: 10 }]],
      ['a hashtag', 'see #late', [{ type: 'hashtag', offset: 4, length: 5 }]],
      ['no markup', '<b>&amp;</b>', undefined],
    ])('finds %s in the text', (_what, text, entities) => {
      expect(ann.write(text)).toMatchObject({ text });
      expect(ann.write(text).entities).toEqual(entities);
    });

    it('adds fields of the test, which win over its own', () => {
      const extra = { has_protected_content: true, date: 5 } as const;
      expect(ann.write('Hello', extra)).toMatchObject({ text: 'Hello', ...extra });
    });

    it('does not take a topic for what makes a message', () => {
      const forum = telegram.createForum({ title: 'Forum' });
      const { id } = forum.agent('Ann').createTopic('Parcels');
      expect(() => forum.agent('Ann').write('', { message_thread_id: id })).toThrow(
        'Text must be non-empty',
      );
    });
  });

  describe('reply', () => {
    it('quotes the message, whose own reply is left out', async () => {
      const first = ann.write('first');
      const second = desk.agent('Bob').reply(first, 'second');
      const third = ann.reply(second.message_id, 'third');
      expect(third.reply_to_message).toMatchObject({ message_id: 2, text: 'second' });
      const [, , update] = await bot.updates();
      expect(update).toMatchObject({ message: { reply_to_message: { text: 'second' } } });
      expect(update).not.toHaveProperty('message.reply_to_message.reply_to_message');
    });

    it('replies to what a bot has sent', async () => {
      await bot.call('sendMessage', { chat_id: desk.id, text: 'Any news?' });
      const question = await desk.waitForMessage(({ text }) => text === 'Any news?');
      expect(ann.reply(question, 'None')).toMatchObject({
        reply_to_message: { from: { id: telegram.bot.id }, text: 'Any news?' },
      });
    });

    it('does not find a message that was deleted', () => {
      const message = ann.write('Hello');
      ann.delete(message);
      expect(() => ann.reply(message, 'Hi')).toThrow(
        `There is no message ${message.message_id} in chat ${desk.id}`,
      );
    });
  });

  describe('edit', () => {
    it('changes the text and its entities, and sends an update', async () => {
      const replied = desk.agent('Bob').write('Well?');
      const message = ann.reply(replied, 'see example.com');
      await bot.updates();
      clock.advance(60_000);
      const edited = ann.edit(message, 'nothing to see');
      expect(edited).toEqual({
        message_id: message.message_id,
        from: ann.user,
        chat: message.chat,
        date: START_SECONDS,
        edit_date: START_SECONDS + 60,
        message_thread_id: replied.message_id,
        reply_to_message: { ...replied, reply_to_message: undefined },
        text: 'nothing to see',
      });
      expect(await bot.updates()).toMatchObject([{ edited_message: { text: 'nothing to see' } }]);
      expect(desk.messages.at(-1)).toEqual(edited);
    });

    it('changes a caption, and takes it away', async () => {
      const photo = ann.sendPhoto({ caption: 'see #one' });
      await bot.updates();
      expect(ann.edit(photo, '#two')).toMatchObject({
        photo: photo.photo,
        caption: '#two',
        caption_entities: [{ type: 'hashtag', offset: 0, length: 4 }],
      });
      const bare = ann.edit(photo.message_id, '');
      expect(bare).toMatchObject({ photo: photo.photo });
      expect(bare).not.toHaveProperty('caption');
      expect(bare).not.toHaveProperty('caption_entities');
      expect(bare).not.toHaveProperty('text');
      expect(await bot.kinds()).toEqual(['edited_message', 'edited_message']);
    });

    it('adds the fields that the test says', () => {
      const entities = [{ type: 'bold', offset: 0, length: 3 }] as const;
      const message = ann.write('one');
      expect(ann.edit(message, 'one', { entities: [...entities] })).toMatchObject({ entities });
    });

    it('puts another file in the place of a file, with the caption it says', async () => {
      const photo = ann.sendPhoto({ caption: 'old' });
      await bot.updates();
      const edited = ann.editFile(photo, 'video', { bytes: Uint8Array.from([7]), caption: 'new' });
      expect(edited).toMatchObject({ message_id: photo.message_id, caption: 'new' });
      expect(edited.video?.file_size).toBe(1);
      expect(edited).not.toHaveProperty('photo');
      expect(await bot.updates()).toMatchObject([{ edited_message: edited }]);
      expect(ann.editFile(photo, 'document')).not.toHaveProperty('caption');
    });

    it('puts a file in the place of a text', () => {
      const edited = ann.editFile(ann.write('soon'), 'photo');
      expect(edited).not.toHaveProperty('text');
      expect(edited.photo).toHaveLength(4);
    });

    it.each([
      ['voice', 'photo'],
      ['photo', 'sticker'],
    ] as const)('does not put in the place of a %s a %s', (old, kind) => {
      const message = ann.sendFile(old);
      expect(() => ann.editFile(message, kind)).toThrow(
        `Nobody can put a ${kind} in the place of message ${message.message_id}`,
      );
    });

    it('changes a post of a channel for those who may', async () => {
      const channel = telegram.createChannel({ title: 'News' });
      const boss = channel.agent('Boss', { status: 'administrator' });
      const post = boss.write('old');
      await bot.updates();
      boss.edit(post, 'new');
      expect(await bot.updates()).toMatchObject([
        { edited_channel_post: { text: 'new', sender_chat: { id: channel.id } } },
      ]);
      expect(() => channel.agent('Reader').edit(post, 'hacked')).toThrow('is not by Reader');
    });

    it.each<[string, () => unknown, string]>([
      ['a message of another', () => desk.agent('Bob').edit(ann.write('x'), 'y'), 'is not by Bob'],
      [
        'as oneself what one wrote anonymously',
        () => ann.edit(ann.anonymously().write('x'), 'y'),
        'is not by Ann',
      ],
      [
        'as one channel what another wrote',
        () => ann.asChannel('A').edit(ann.asChannel('B').write('x'), 'y'),
        'is not by Ann',
      ],
      [
        'a sticker',
        () => ann.edit(ann.sendFile('sticker'), 'y'),
        'has no text or caption of its own',
      ],
      [
        'a service message',
        () => ann.edit(ann.write('', { new_chat_title: 'New' }), 'y'),
        'has no text or caption of its own',
      ],
      [
        'what was forwarded',
        () => ann.edit(ann.forward(ann.write('x')), 'y'),
        'has no text or caption of its own',
      ],
      ['a text into none', () => ann.edit(ann.write('x'), ' '), 'Text must be non-empty'],
      ['what is not there', () => ann.edit(99, 'y'), 'There is no message 99'],
    ])('does not change %s', async (_what, edit, problem) => {
      expect(edit).toThrow(problem);
      expect(await bot.kinds()).not.toContain('edited_message');
    });
  });

  describe('touch', () => {
    it('sends an update of an edit that changed nothing', async () => {
      const message = ann.write('example.com');
      await bot.updates();
      clock.advance(2_000);
      ann.touch(message);
      const edited = { ...message, edit_date: START_SECONDS + 2 };
      expect(await bot.updates()).toEqual([
        { update_id: expect.any(Number), edited_message: edited },
      ]);
    });

    it('takes own messages only', () => {
      expect(() => desk.agent('Bob').touch(ann.write('x'))).toThrow('is not by Bob');
    });
  });

  describe('delete', () => {
    it('removes an own message while the bot learns nothing', async () => {
      const message = ann.write('oops');
      await bot.updates();
      ann.delete(message);
      expect(desk.messages).toEqual([]);
      expect(telegram.bot.pendingUpdates).toBe(1); // the one that was read is still to be confirmed
      expect(await bot.updates()).toEqual([]);
    });

    it('of what another wrote is for administrators', () => {
      const message = ann.write('spam');
      expect(() => desk.agent('Bob').delete(message)).toThrow('Bob may delete own messages only');
      expect(desk.messages).toEqual([message]);
      desk.agent('Boss', { status: 'administrator' }).delete(message.message_id);
      expect(desk.messages).toEqual([]);
    });

    it('of a post by a mere reader of the channel is refused', () => {
      const channel = telegram.createChannel({ title: 'News' });
      const post = channel.agent('Boss', { status: 'administrator' }).write('news');
      expect(() => channel.agent('Reader').delete(post)).toThrow('may delete own messages only');
      channel.agent('Boss').delete(post);
      expect(channel.messages).toEqual([]);
    });

    it('removes what the bot wrote in a private chat', async () => {
      const chat = telegram.createPrivateChat('Cleo');
      await bot.call('sendMessage', { chat_id: chat.id, text: 'Hello' });
      chat.agent('Cleo').delete(await chat.waitForMessage(() => true));
      expect(chat.messages).toEqual([]);
    });
  });

  describe('forward', () => {
    it.each<[string, () => EmulatedAgent, object]>([
      ['of a person', () => ann, { type: 'user', sender_user: { first_name: 'Ann' } }],
      [
        'of somebody anonymous',
        () => ann.anonymously('Boss'),
        { type: 'chat', sender_chat: { title: 'Desk' }, author_signature: 'Boss' },
      ],
      [
        'of a channel',
        () => ann.asChannel('News'),
        { type: 'channel', chat: { title: 'News' }, message_id: 1 },
      ],
    ])('names the origin: a message %s', async (_whose, author, origin) => {
      const other = telegram.createGroup({ title: 'Other' });
      const original = author().write('as I said');
      clock.advance(5_000);
      const forwarded = other.agent('Bob').forward(original);
      expect(forwarded).toMatchObject({
        from: { first_name: 'Bob' },
        date: START_SECONDS + 5,
        text: 'as I said',
        forward_origin: { ...origin, date: START_SECONDS },
      });
      const [, update] = await bot.updates();
      expect(update).toMatchObject({ message: { forward_origin: origin } });
    });

    it('keeps the first origin, the file and the caption, but neither album nor reply', () => {
      const [photo] = ann.sendAlbum([{}, {}], { caption: 'see', replyTo: ann.write('x') });
      const once = desk.agent('Bob').forward(photo ?? ann.write('no photo'));
      const twice = desk.agent('Cleo').forward(once);
      expect(twice).toMatchObject({
        photo: photo?.photo,
        caption: 'see',
        forward_origin: { sender_user: { first_name: 'Ann' } },
      });
      expect(twice).not.toHaveProperty('media_group_id');
      expect(twice).not.toHaveProperty('reply_to_message');
    });

    it.each<[string, object, string]>([
      ['protected content', { has_protected_content: true }, 'protected content'],
      ['a service message', { new_chat_title: 'New' }, "the message can't be forwarded"],
    ])('refuses %s', (_what, extra, problem) => {
      expect(() => ann.forward(ann.write('x', extra))).toThrow(problem);
    });
  });

  it('sends no update of the edits of other bots', async () => {
    const other = desk.agent('Other bot', { isBot: true });
    const message = other.write('beep');
    expect(other.edit(message, 'boop')).toMatchObject({ text: 'boop' });
    expect(desk.messages).toMatchObject([{ text: 'boop' }]);
    expect(await bot.updates()).toEqual([]);
  });
});

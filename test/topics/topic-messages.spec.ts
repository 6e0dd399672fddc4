import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EmulatedChat, Message } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { TopicDesk, type Place } from '../support/topic-desk.js';

const SLOW = { timeout: 20_000 };
const OPTIONS = { rateLimit: { messages: 99, windowMs: 1_000 } };

describe.each<Place>(['memory', 'Redis'])('A message in the topic of a thread, in %s,', (place) => {
  let topics: TopicDesk;
  afterEach(() => topics.stop());

  const about = (phrase: string, message: { message_id: number }) => [
    expect.stringContaining(phrase),
    message.message_id,
  ];

  it('reaches the app as a reply of the thread, whoever’s message it answers', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    const [one, two] = [await topics.bind('t1'), await topics.bind('t2')];
    const plain = topics.write(one, 'On its way');
    topics.desk.chat.agent('Grace').reply(plain, 'Tomorrow', { message_thread_id: one });
    topics.write(two, 'Refunded');
    await vi.waitFor(() => expect(topics.replies).toHaveLength(3), SLOW);
    expect(topics.replies.map((reply) => reply.join()).toSorted()).toEqual([
      't1,On its way',
      't1,Tomorrow',
      't2,Refunded',
    ]);
    expect(await topics.desk.chat.waitForReaction(plain.message_id)).toEqual(['👍']);
    expect((await topics.threads.find('t1'))?.status).toBe('answered');
    await topics.idle();
    expect(topics.hints).toEqual([]);
  });

  it('reaches nobody when it is a note, which the app gets as an event', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    const topic = await topics.bind('t1');
    topics.write(topic, '// She is a regular');
    topics.write(topic, '/note Ask Grace first');
    topics.write(topic, '', { photo: [], caption: '//' });
    topics.write(topic, '//');
    topics.write(topic, `/note@${topics.desk.emulator.bot.username} And VIP`);
    const reply = topics.write(topic, 'We are on it');
    await topics.desk.chat.waitForReaction(reply.message_id, 20_000);
    expect(topics.events).toEqual([
      ['noted', 't1', 'She is a regular'],
      ['noted', 't1', 'Ask Grace first'],
      ['noted', 't1', '[photo]'],
      ['noted', 't1', 'And VIP'],
    ]);
    expect(topics.replies).toEqual([['t1', 'We are on it']]);
    await topics.idle();
    expect(topics.hints).toEqual([]);
  });

  it('reaches nobody when it is a note of any kind, or with hidden characters before the sign', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    const topic = await topics.bind('t1');
    const rich = (text: string) =>
      JSON.parse(JSON.stringify({ rich_message: { blocks: [{ type: 'paragraph', text }] } }));
    const ask = (question: string) =>
      JSON.parse(JSON.stringify({ poll: { id: '1', question, options: [{ text: 'Yes' }] } }));
    topics.write(topic, '', rich('// She is a regular'));
    topics.write(topic, '', rich('//'));
    topics.write(topic, '', ask('/note Refund her?'));
    topics.write(topic, '\u200b\u2060 // Ask Grace');
    const command = topics.write(topic, '', ask('/vote'));
    topics.write(topic, '\u00ad/refund 12');
    topics.write(topic, '', rich('\ufeff/refund 12'));
    const reply = topics.write(topic, '', rich('We are on it'));
    await topics.desk.chat.waitForReaction(reply.message_id, 20_000);
    expect(topics.replies).toEqual([['t1', 'We are on it']]);
    expect(topics.events).toEqual([
      ['noted', 't1', 'She is a regular'],
      ['noted', 't1', 'Refund her?\n- Yes'],
      ['noted', 't1', 'Ask Grace'],
    ]);
    await topics.idle();
    expect(topics.hints).toEqual([about('nothing that begins with / is delivered', command)]);
  });

  it('reaches nobody when it begins with a slash, and brings a hint', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    const topic = await topics.bind('t1');
    const command = topics.write(topic, '/refund 12');
    topics.write(topic, '/зачем');
    topics.write(topic, '/etc/hosts is wrong');
    topics.write(topic, '/start@OtherBot');
    topics.write(topic, '/note@OtherBot remember');
    await topics.idle();
    expect(topics.replies).toEqual([]);
    expect(topics.events).toEqual([]);
    // Each mistake once an hour.
    expect(topics.hints).toEqual([about('nothing that begins with / is delivered', command)]);
  });

  it('reaches nobody with replyOnly, unless it answers a message of the bot', async () => {
    topics = await TopicDesk.start(place, { options: { ...OPTIONS, topics: { replyOnly: true } } });
    const topic = await topics.bind('t1');
    const { api } = topics.desk.telegram;
    const notice = await api.call('sendMessage', {
      chat_id: topics.desk.chat.id,
      message_thread_id: topic,
      text: 'Where is it?',
    });
    const aside = topics.write(topic, 'Who knows?');
    topics.desk.chat.agent('Grace').reply(aside, 'Not me', { message_thread_id: topic });
    topics.ada.reply(notice.message_id, '// he asks daily', { message_thread_id: topic });
    const answer = topics.ada.reply(notice.message_id, 'On its way', { message_thread_id: topic });
    await topics.desk.chat.waitForReaction(answer.message_id, 20_000);
    expect(topics.replies).toEqual([['t1', 'On its way']]);
    expect(topics.events).toEqual([
      ['noted', 't1', 'Who knows?'],
      ['noted', 't1', 'Not me'],
      ['noted', 't1', 'he asks daily'],
    ]);
  });

  it('brings a hint when its topic belongs to no thread, and in General', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    await topics.bind('t1');
    const { id } = topics.ada.createTopic('Coffee');
    const inTopic = topics.write(id, 'On its way');
    const inGeneral = topics.desk.chat.agent('Grace').write('On its way');
    // Without is_topic_message the number is no topic.
    topics.desk.chat.agent('Grace').write('Me too', { is_topic_message: false });
    topics.write(id, '// just us');
    await topics.idle();
    expect(topics.hints).toEqual([
      about('belongs to no conversation', inTopic),
      about('belongs to no conversation', inGeneral),
    ]);
    expect(topics.replies).toEqual([]);
    expect(topics.events).toEqual([]);
  });

  it('brings a hint when it answers a notice of another thread', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    const topic = await topics.bind('t1');
    await topics.desk.telegram.notifyUserMessage({ threadId: 'other', text: 'Hello?' });
    const notice = await topics.desk.chat.waitForMessage(
      ({ text }) => text?.includes('Hello?') === true,
    );
    const wrong = topics.ada.replyFromElsewhere(notice, 'Hi', { message_thread_id: topic });
    await topics.idle();
    expect(topics.hints).toEqual([about('the topic of one conversation', wrong)]);
    expect(topics.replies).toEqual([]);
    const { id } = topics.ada.createTopic('Coffee');
    const right = topics.ada.replyFromElsewhere(notice, 'Hi', { message_thread_id: id });
    await topics.desk.chat.waitForReaction(right.message_id, 20_000);
    expect(topics.replies).toEqual([['other', 'Hi']]);
  });

  it.each([false, true])(
    'brings a hint when it answers a notice from elsewhere of which nothing is known, with replyOnly: %s',
    async (replyOnly) => {
      topics = await TopicDesk.start(place, { options: { ...OPTIONS, topics: { replyOnly } } });
      const topic = await topics.bind('t1');
      const { chat, emulator, telegram } = topics.desk;
      const [grace, eve] = [chat.agent('Grace'), chat.agent('Eve')];
      // As after mappingTtlSeconds: the bot has posted it, and the store does not know it.
      const post = async (to: EmulatedChat): Promise<Message> => {
        const { message_id: id } = await telegram.api.call('sendMessage', {
          chat_id: to.id,
          text: 'Hello?',
        });
        return to.waitForMessage(({ message_id: messageId }) => messageId === id);
      };
      const notice = await post(chat);
      const expired = topics.ada.replyFromElsewhere(notice, 'Hi', { message_thread_id: topic });
      const foreign = await post(emulator.createSupergroup({ title: 'Other' }));
      const lost = grace.replyFromElsewhere(foreign, 'You', { message_thread_id: topic });
      // Telegram does not say where a message of a basic group is.
      const hidden = await post(emulator.createGroup({ title: 'Small' }));
      const placeless = eve.replyFromElsewhere(hidden, 'Ho', { message_thread_id: topic });
      await topics.idle();
      const isUnroutable = 'not linked to a conversation';
      expect(topics.hints).toEqual([
        about(isUnroutable, expired),
        about(isUnroutable, lost),
        about(isUnroutable, placeless),
      ]);
      expect(topics.replies).toEqual([]);
      expect(topics.events).toEqual([]);
      // No customer had the first text.
      eve.edit(placeless, 'Ho ho');
      await topics.idle();
      expect(topics.hints).toHaveLength(3);
    },
  );

  it('brings a hint when it answers what a colleague has written elsewhere at the desk', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    const [one, two] = [await topics.bind('t1'), await topics.bind('t2')];
    const { chat } = topics.desk;
    const grace = chat.agent('Grace');
    const reply = topics.write(two, 'Refunded');
    await chat.waitForReaction(reply.message_id, 20_000);
    const coffee = topics.write(topics.ada.createTopic('Coffee').id, '// Who has the key?');
    const toReply = grace.replyFromElsewhere(reply, 'How much?', { message_thread_id: one });
    const toChat = grace.replyFromElsewhere(coffee, 'Me', { message_thread_id: one });
    await topics.idle();
    expect(topics.hints).toEqual([
      about('the topic of one conversation', toReply),
      about('not linked to a conversation', toChat),
    ]);
    grace.edit(toReply, 'How much is it?');
    grace.edit(toChat, 'I have');
    await topics.idle();
    expect(topics.hints).toHaveLength(2);
    expect(topics.replies).toEqual([['t2', 'Refunded']]);
  });

  it('reaches the app when it answers what stands in a chat of no desk', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    const topic = await topics.bind('t1');
    const other = topics.desk.emulator.createSupergroup({ title: 'Stock' });
    const said = other.agent('Bob').write('Out of stock');
    const reply = topics.ada.replyFromElsewhere(said, 'Sorry', { message_thread_id: topic });
    expect(await topics.desk.chat.waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
    expect(topics.replies).toEqual([['t1', 'Sorry']]);
  });

  it('reaches the app when it answers what the bot has said in the same topic, of which nothing is known', async () => {
    topics = await TopicDesk.start(place, { options: { ...OPTIONS, topics: { replyOnly: true } } });
    const topic = await topics.bind('t1');
    const { api } = topics.desk.telegram;
    const target = { chat_id: topics.desk.chat.id, message_thread_id: topic };
    const said = await api.call('sendMessage', { ...target, text: 'Where is it?' });
    topics.ada.reply(said.message_id, 'On its way', { message_thread_id: topic });
    await vi.waitFor(() => expect(topics.replies).toEqual([['t1', 'On its way']]), SLOW);
    await topics.idle();
    expect(topics.hints).toEqual([]);
  });

  it('is refused when its author is no registered agent', async () => {
    topics = await TopicDesk.start(place, { options: { ...OPTIONS, agents: [501] } });
    const topic = await topics.bind('t1');
    const refused = topics.write(topic, 'On its way');
    topics.write(topic, '// hm');
    topics.desk.chat.agent('Eve', { id: 501 }).write('Yes', { message_thread_id: topic });
    await vi.waitFor(() => expect(topics.replies).toEqual([['t1', 'Yes']]), SLOW);
    await topics.idle();
    expect(topics.hints).toEqual([about('registered agents', refused)]);
    expect(topics.events).toEqual([]);
  });

  it('reaches the app in a closed thread, which stays closed', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    const topic = await topics.bind('t1');
    await topics.threads.update('t1', { status: 'closed' });
    const reply = topics.write(topic, 'You are welcome');
    expect(await topics.desk.chat.waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
    expect(topics.replies).toEqual([['t1', 'You are welcome']]);
    expect((await topics.threads.find('t1'))?.status).toBe('closed');
  });

  it('reaches the app in a private chat, and never by guessing beside the topics', async () => {
    topics = await TopicDesk.start(place, {
      options: OPTIONS,
      emulator: { bots: [{ ...ownBot(), hasTopicsEnabled: true }] },
      chat: (emulator) => emulator.createPrivateChat('Ada'),
    });
    const topic = await topics.bind('t1');
    const ada = topics.desk.chat.agent('Ada');
    const reply = ada.write('On its way', { message_thread_id: topic });
    await vi.waitFor(() => expect(topics.replies).toEqual([['t1', 'On its way']]), SLOW);
    const beside = ada.write('On its way');
    await topics.idle();
    expect(topics.hints).toEqual([about('belongs to no conversation', beside)]);
    expect(topics.replies).toHaveLength(1);
    expect(reply.is_topic_message).toBe(true);
  });

  describe('when it is edited,', () => {
    it('brings a hint when the customer has the first text, and none when it was a note', async () => {
      topics = await TopicDesk.start(place, { options: OPTIONS });
      const topic = await topics.bind('t1');
      const note = topics.write(topic, '// Mondya');
      const reply = topics.write(topic, 'On Mondya');
      await topics.desk.chat.waitForReaction(reply.message_id, 20_000);
      topics.ada.edit(note, '// Monday');
      topics.ada.edit(reply, 'On Monday');
      const hints = [about('still sees your first text', reply)];
      await vi.waitFor(() => expect(topics.hints).toEqual(hints), SLOW);
      await topics.idle();
      expect(topics.hints).toEqual(hints);
    });

    it('brings a hint when a note or a command becomes an answer', async () => {
      topics = await TopicDesk.start(place, { options: OPTIONS });
      const topic = await topics.bind('t1');
      const note = topics.write(topic, '//On Monday');
      await topics.desk.emulator.idle();
      topics.ada.edit(note, 'On Monday');
      await topics.idle();
      expect(topics.hints).toEqual([about('becomes no answer', note)]);
      expect(topics.replies).toEqual([]);
    });
  });

  describe('when it is an album,', () => {
    it('reaches nobody when its first caption is a note', async () => {
      topics = await TopicDesk.start(place, { options: OPTIONS });
      const topic = await topics.bind('t1');
      const album = { media_group_id: 'a1', photo: [] };
      topics.write(topic, '', { ...album, caption: '// her invoice' });
      topics.write(topic, '', album);
      topics.write(topic, '', album);
      const reply = topics.write(topic, '', { ...album, media_group_id: 'a2' });
      await topics.desk.chat.waitForReaction(reply.message_id, 20_000);
      expect(topics.events).toEqual([['noted', 't1', 'her invoice']]);
      expect(topics.replies).toEqual([['t1', '[photo]']]);
    });

    it('reaches nobody with Redis when its last caption is a note, and else brings a hint', async () => {
      topics = await TopicDesk.start(place, { options: OPTIONS });
      const topic = await topics.bind('t1');
      const album = { media_group_id: 'a1', photo: [] };
      topics.write(topic, '', album);
      topics.write(topic, '', album);
      const note = topics.write(topic, '', { ...album, caption: '// internal' });
      const reply = topics.write(topic, 'Hello');
      await topics.desk.chat.waitForReaction(reply.message_id, 20_000);
      await topics.idle();
      expect(topics.events).toEqual([['noted', 't1', 'internal']]);
      const files = place === 'Redis' ? [] : ['[photo]', '[photo]'];
      expect(topics.replies).toEqual([...files, 'Hello'].map((text) => ['t1', text]));
      const late = [about('that came before your note', note)];
      expect(topics.hints).toEqual(place === 'Redis' ? [] : late);
    });
  });
});

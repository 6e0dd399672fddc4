import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accepted,
  type ReferenceAnswer,
  ReferenceDesk,
  refused,
} from '../support/reference-desk.js';

/*
 * Facts about the Bot API's own server: message_thread_id. Sources are lines of
 * Client.cpp of tdlib/telegram-bot-api; those that begin with "td" are of tdlib/td.
 */

const NO_THREAD = refused(400, 'Bad Request: message thread not found');

const DELETED = refused(400, 'Bad Request: TOPIC_DELETED');

describe('message_thread_id', () => {
  let desk: ReferenceDesk;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
  });

  afterEach(() => desk.stop());

  function sendTo(
    chatId: number,
    threadId: unknown,
    params: object = {},
  ): Promise<ReferenceAnswer> {
    const message = { chat_id: chatId, text: 'hi', message_thread_id: threadId };
    return desk.call('sendMessage', { ...message, ...params });
  }

  /** Closes a topic, whoever created it. */
  function closeByBoss(topic: number): void {
    desk.forum.agent('Boss', { status: 'administrator' }).closeTopic(topic);
  }

  /** Deletes a topic, as one of the people there. */
  function deleteByBoss(topic: number): void {
    desk.forum.agent('Boss', { status: 'administrator' }).deleteTopic(topic);
  }

  describe('in a forum', () => {
    it('is none for General: 1 is refused (8255-8292)', async () => {
      expect(await sendTo(desk.forum.id, 1)).toEqual(NO_THREAD);
    });

    it('must be known (8255-8292)', async () => {
      desk.forum.agent('Bob').write('a message, but no topic');
      expect(await sendTo(desk.forum.id, desk.forum.messages[0]?.message_id)).toEqual(NO_THREAD);
      expect(await sendTo(desk.forum.id, 999)).toEqual(NO_THREAD);
    });

    it('leads to the topic, where everything replies to its first message (8255-8292)', async () => {
      const topic = await desk.createTopic();
      expect(await sendTo(desk.forum.id, String(topic))).toMatchObject({
        body: {
          result: {
            message_thread_id: topic,
            is_topic_message: true,
            reply_to_message: { message_id: topic },
          },
        },
      });
    });

    it.each([undefined, '', 0, -5, 'garbage'])(
      'means General when it is %j (8255-8292)',
      async (threadId) => {
        const { body } = await sendTo(desk.forum.id, threadId);
        expect(body).toMatchObject({ ok: true });
        expect(body).not.toHaveProperty('result.message_thread_id');
        expect(body).not.toHaveProperty('result.is_topic_message');
      },
    );

    it('is known for 60 seconds after the bot has used it, though the topic was deleted (BetterForward#58, td ForumTopicManager.cpp:831-848)', async () => {
      const topic = await desk.createTopic();
      expect(await sendTo(desk.forum.id, topic)).toMatchObject({ status: 200 });
      desk.clock.advance(10_000);
      expect(await sendTo(desk.forum.id, topic)).toMatchObject({ status: 200 });
      deleteByBoss(topic);
      expect(await sendTo(desk.forum.id, topic)).toEqual(DELETED);
      desk.clock.advance(49_999);
      expect(await sendTo(desk.forum.id, topic)).toEqual(DELETED);
      desk.clock.advance(1);
      expect(await sendTo(desk.forum.id, topic)).toEqual(NO_THREAD);
    });

    it('is not known at once after the topic was deleted when the bot has not used it for 60 seconds (td ForumTopicManager.cpp:831-848)', async () => {
      const [unused, old] = [await desk.createTopic('Unused'), await desk.createTopic('Old')];
      await desk.send(desk.forum, { message_thread_id: old });
      desk.clock.advance(60_000);
      for (const topic of [unused, old]) {
        deleteByBoss(topic);
        expect(await sendTo(desk.forum.id, topic)).toEqual(NO_THREAD);
      }
    });

    it('is not known at once after the bot has deleted the topic itself (td ForumTopicManager.cpp:1042-1052)', async () => {
      const topic = await desk.createTopic();
      await desk.send(desk.forum, { message_thread_id: topic });
      await desk.result('deleteForumTopic', { chat_id: desk.forum.id, message_thread_id: topic });
      expect(await sendTo(desk.forum.id, topic)).toEqual(NO_THREAD);
    });

    it.each(['copyMessage', 'sendPhoto', 'sendMediaGroup'])(
      'of a deleted topic is refused by %s, too (BetterForward#58)',
      async (method) => {
        const photo = 'https://example.com/1.jpg';
        const topic = await desk.createTopic();
        const message_id = await desk.send(desk.forum, { message_thread_id: topic });
        const elsewhere = await desk.send(desk.supergroup);
        deleteByBoss(topic);
        const call: readonly [string, object] = [
          method,
          {
            chat_id: desk.forum.id,
            message_thread_id: topic,
            ...(method === 'copyMessage' && {
              from_chat_id: desk.supergroup.id,
              message_id: elsewhere,
            }),
            ...(method === 'sendPhoto' && { photo }),
            ...(method === 'sendMediaGroup' && { media: [{ type: 'photo', media: photo }] }),
          },
        ];
        expect(await desk.call(...call)).toEqual(DELETED);
        expect(desk.forum.messages.map((message) => message.message_id)).not.toContain(message_id);
        desk.clock.advance(60_000);
        expect(await desk.call(...call)).toEqual(NO_THREAD);
      },
    );

    it('of a deleted topic may lead to General, where the answer does not name it (telegram_private_chatbot#3)', async () => {
      const topic = await desk.createTopic();
      const other = await desk.createTopic('Other');
      desk.forum.redirectDeletedTopics(true);
      expect(await sendTo(desk.forum.id, topic)).toHaveProperty(
        'body.result.message_thread_id',
        topic,
      );
      deleteByBoss(topic);
      const { status, body } = await sendTo(desk.forum.id, topic);
      expect(status).toBe(200);
      expect(body).not.toHaveProperty('result.message_thread_id');
      expect(body).not.toHaveProperty('result.is_topic_message');
      expect(body).not.toHaveProperty('result.reply_to_message');
      expect(await sendTo(desk.forum.id, other)).toHaveProperty(
        'body.result.message_thread_id',
        other,
      );
      expect(await sendTo(desk.forum.id, 999)).toEqual(NO_THREAD);
      desk.forum.redirectDeletedTopics(false);
      expect(await sendTo(desk.forum.id, topic)).toEqual(DELETED);
    });

    it('is not found any more after a million messages, though people write there (levlam, telegram-bot-api#596)', async () => {
      const topic = await desk.createTopic();
      await desk.send(desk.forum, { message_thread_id: topic });
      desk.forum.forgetTopic(topic);
      expect(await sendTo(desk.forum.id, topic)).toEqual(NO_THREAD);
      const answer = desk.forum.agent('Bob').write('hi', { message_thread_id: topic });
      expect(answer).toMatchObject({ message_thread_id: topic, is_topic_message: true });
      expect(
        await sendTo(desk.forum.id, undefined, { reply_to_message_id: answer.message_id }),
      ).toHaveProperty('body.result.message_thread_id', topic);
      const params = { chat_id: desk.forum.id, message_thread_id: topic };
      expect(await desk.result('closeForumTopic', params)).toBe(true);
      expect(() => desk.forum.forgetTopic(999)).toThrow('There is no topic 999');
    });

    it('is that of the replied message when there is none (levlam, telegram-bot-api#447)', async () => {
      const topic = await desk.createTopic();
      const { message_id } = desk.forum.agent('Bob').write('hi', { message_thread_id: topic });
      expect(
        await sendTo(desk.forum.id, undefined, { reply_parameters: { message_id } }),
      ).toMatchObject({
        body: {
          result: {
            message_thread_id: topic,
            is_topic_message: true,
            reply_to_message: { message_id },
          },
        },
      });
    });
  });

  describe('where there are no topics', () => {
    it.each(['group', 'supergroup', 'channel'] as const)(
      'is ignored in a %s (8255-8292)',
      async (kind) => {
        const { body } = await sendTo(desk[kind].id, 999);
        expect(body).toMatchObject({ ok: true });
        expect(body).not.toHaveProperty('result.message_thread_id');
      },
    );

    it('is ignored once topics are switched off (8255-8292)', async () => {
      const topic = await desk.createTopic();
      desk.forum.setForum(false);
      const { body } = await sendTo(desk.forum.id, topic);
      expect(body).toMatchObject({ ok: true });
      expect(body).not.toHaveProperty('result.message_thread_id');
    });
  });

  describe('in a private chat', () => {
    it('must be known (8255-8292)', async () => {
      expect(await desk.result('getMe')).toMatchObject({ has_topics_enabled: false });
      expect(await sendTo(desk.person.id, 999)).toEqual(NO_THREAD);
    });

    it.each(['', 0, -5])('is ignored when it is %j (8255-8292)', async (threadId) => {
      expect(await sendTo(desk.person.id, threadId)).toMatchObject({ status: 200 });
    });

    it('leads to a topic where the bot has the topic mode (8255-8292)', async () => {
      await desk.stop();
      desk = await ReferenceDesk.start({ bots: [{ hasTopicsEnabled: true }] });
      expect(await desk.result('getMe')).toMatchObject({ has_topics_enabled: true });
      const chat_id = desk.person.id;
      await desk.result('createForumTopic', { chat_id, name: 'Mine' });
      const topic = desk.person.topics[0]?.id ?? 0;
      expect(await sendTo(chat_id, topic)).toMatchObject({
        body: { result: { message_thread_id: topic, is_topic_message: true } },
      });
      await desk.result('deleteForumTopic', { chat_id, message_thread_id: topic });
      expect(await sendTo(chat_id, topic)).toEqual(NO_THREAD);
    });
  });

  it('of a topic that somebody has deleted in a private chat is known for 60 seconds, too (td ForumTopicManager.cpp:831-848)', async () => {
    await desk.stop();
    desk = await ReferenceDesk.start({ bots: [{ hasTopicsEnabled: true }] });
    const chat_id = desk.person.id;
    await desk.result('createForumTopic', { chat_id, name: 'Mine' });
    const topic = desk.person.topics[0]?.id ?? 0;
    await desk.send(desk.person, { message_thread_id: topic });
    desk.person.agent('Ann').deleteTopic(topic);
    expect(await sendTo(chat_id, topic)).toEqual(DELETED);
    desk.clock.advance(60_000);
    expect(await sendTo(chat_id, topic)).toEqual(NO_THREAD);
  });

  it('is not looked at by sendChatAction (telegram-bot-api#732)', async () => {
    const topic = await desk.createTopic();
    const action = { chat_id: desk.forum.id, action: 'typing' };
    await desk.result('deleteForumTopic', { chat_id: desk.forum.id, message_thread_id: topic });
    for (const message_thread_id of [1, topic, 999]) {
      expect(await desk.call('sendChatAction', { ...action, message_thread_id })).toEqual(
        accepted(true),
      );
    }
  });

  describe('of a closed topic', () => {
    const CLOSED = refused(400, 'Bad Request: TOPIC_CLOSED');

    it('keeps a mere member out (td ForumTopicManager.cpp:1278-1288)', async () => {
      const { id } = desk.forum.agent('Boss', { status: 'administrator' }).createTopic('Theirs');
      closeByBoss(id);
      desk.forum.setBotStatus('member');
      expect(await sendTo(desk.forum.id, id)).toEqual(CLOSED);
    });

    it('keeps an administrator without the right out (td ForumTopicManager.cpp:1278-1288)', async () => {
      const { id } = desk.forum.agent('Boss', { status: 'administrator' }).createTopic('Theirs');
      closeByBoss(id);
      desk.forum.setBotRights({ can_manage_topics: false });
      expect(await sendTo(desk.forum.id, id)).toEqual(CLOSED);
    });

    it('lets in who may manage topics, and who created it (td ForumTopicManager.cpp:1278-1288)', async () => {
      const { id } = desk.forum.agent('Boss', { status: 'administrator' }).createTopic('Theirs');
      const own = await desk.createTopic('Own');
      closeByBoss(id);
      closeByBoss(own);
      expect(await sendTo(desk.forum.id, id)).toMatchObject({ status: 200 });
      desk.forum.setBotStatus('member');
      expect(await sendTo(desk.forum.id, own)).toMatchObject({ status: 200 });
    });

    it('may be General, for which there is none (td ForumTopicManager.cpp:1278-1288)', async () => {
      await desk.result('closeGeneralForumTopic', { chat_id: desk.forum.id });
      expect(await sendTo(desk.forum.id, undefined)).toMatchObject({ status: 200 });
      desk.forum.setBotStatus('member');
      expect(await sendTo(desk.forum.id, undefined)).toEqual(CLOSED);
    });
  });
});

import { afterEach, describe, expect, inject, it } from 'vitest';
import { ownBot } from '../support/own-bot.js';
import type { ChatDeskOptions } from './chat-desk.js';
import { ChatTalk } from './chat-talk.js';

describe.each(['memory', 'Redis'] as const)(
  'What agents do in a thread of the chat, in %s,',
  (place) => {
    let talk: ChatTalk;
    afterEach(() => talk.stop());

    async function start(wanted: ChatDeskOptions = {}): Promise<void> {
      talk = await ChatTalk.start({
        emulator: { bots: [ownBot()] },
        ...wanted,
        options: { ...(place === 'Redis' && { redis: inject('redisUrl') }), ...wanted.options },
      });
    }

    it('is shown: replies and their edits, deletions and quotes', async () => {
      await start();
      const reply = talk.ada.reply(talk.notice, 'Helo <b>');
      const first = await talk.sees(({ text }) => text === 'Helo <b>');
      expect(first).toMatchObject({
        html: 'Helo &lt;b&gt;',
        author: { kind: 'agent', name: 'Ada' },
        mine: false,
        replyTo: { id: expect.stringMatching(/^c:/) },
      });
      await talk.chat.desk.chat.waitForReaction(reply.message_id, 20_000);
      talk.ada.edit(reply, 'Hi there');
      const edited = await talk.sees(({ text }) => text === 'Hi there');
      expect(edited).toMatchObject({ id: first.id, number: first.number, html: 'Hi there' });
      expect(edited.changed).toBeGreaterThan(first.changed);
      talk.ada.reply(reply, '/del');
      const deleted = await talk.sees(({ id, deletedAt }) => id === first.id && !!deletedAt);
      expect(deleted).toEqual({
        id: first.id,
        number: first.number,
        changed: deleted.changed,
        author: { kind: 'agent', name: 'Ada' },
        mine: false,
        sentAt: first.sentAt,
        deletedAt: deleted.deletedAt,
      });
    });

    it('is shown: files by signed links that work, albums as one message', async () => {
      await start();
      talk.ada.sendPhoto({ caption: 'This one' });
      const photo = await talk.sees(({ text }) => text === 'This one');
      const [file] = photo.attachments ?? [];
      expect(file).toMatchObject({ kind: 'photo', text: '[photo]' });
      expect(JSON.stringify(photo)).not.toContain('source');
      const link = new URL(file?.url ?? '', talk.client.base);
      expect((await fetch(link)).status).toBe(200);
      const [first, second] = talk.ada.sendAlbum([{}, {}], { caption: 'Both' });
      const album = await talk.sees(({ attachments }) => attachments?.length === 2);
      expect(album.text).toBe('Both');
      await talk.chat.desk.chat.waitForReaction(first?.message_id ?? 0, 20_000);
      talk.ada.reply(second?.message_id ?? 0, '/del');
      const left = await talk.sees(
        (each) => each.id === album.id && each.attachments?.length === 1,
      );
      expect(left.attachments?.[0]?.id).toBe(album.attachments?.[0]?.id);
      talk.ada.reply(first?.message_id ?? 0, '/del');
      await talk.sees(({ id, deletedAt }) => id === album.id && !!deletedAt);
    });

    it('is shown: reactions on messages of either side, which mark the thread as read', async () => {
      await start();
      await talk.knows(talk.notice);
      talk.ada.react(talk.notice, '❤');
      const mine = await talk.sees(({ reactions }) => reactions?.agents?.length === 1);
      expect(mine).toMatchObject({ mine: true, reactions: { agents: ['❤'] } });
      await talk.threadIs(({ readByAgents }) => readByAgents === 1);
      talk.ada.react(talk.notice, []);
      await talk.sees(({ mine: isMine, reactions }) => isMine && !reactions?.agents?.length);
    });

    it('is shown: that a thread is closed, opened, and closed again', async () => {
      await start();
      const topic = talk.notice.message_thread_id ?? 0;
      const agent = talk.chat.desk.chat.agent('Ada');
      agent.closeTopic(topic);
      await talk.threadIs(({ status }) => status === 'closed');
      await talk.sees(({ event }) => event === 'closed');
      agent.reopenTopic(topic);
      await talk.threadIs(({ status }) => status === 'open');
      const written = await talk.messages();
      expect(written.map(({ event }) => event)).toEqual([undefined, 'closed', 'reopened']);
      expect(written[1]?.author).toEqual({ kind: 'system', name: 'Ada' });
    });

    it('fails at once, in words for the agent, when the thread is gone', async () => {
      await start();
      const gone = await talk.client.start('Two');
      const notice = await talk.chat.notice('Two');
      await talk.chat.store.purgeThread(gone.body.thread.id);
      talk.chat.desk.chat.agent('Ada').reply(notice, 'Are you there?');
      const words = await talk.chat.desk.chat.waitForMessage(
        ({ text = '' }) => text.includes('this chat was deleted'),
        20_000,
      );
      expect(words.text).toContain('this chat was deleted');
    });

    it('has the transcript at hand: /history', async () => {
      await start();
      talk.ada.write('Hi from Ada');
      await talk.sees(({ text }) => text === 'Hi from Ada');
      talk.ada.write('/history');
      const shown = await talk.chat.desk.chat.waitForMessage(
        ({ from, text = '' }) =>
          from?.is_bot === true && text.includes('Hello') && text.includes('Hi from Ada'),
        20_000,
      );
      expect(shown.message_thread_id).toBe(talk.notice.message_thread_id);
    });

    it('stays apart from the threads of the app', async () => {
      await start();
      const { telegram, chat } = talk.chat.desk;
      await telegram.notifyNewThread({ threadId: 'order-1', text: 'Of the app' });
      const notice = await talk.chat.notice('Of the app');
      chat.agent('Ada').reply(notice, 'Not for the chat');
      await chat.waitForMessage(({ text = '' }) => text.includes('Not for the chat'), 20_000);
      expect(await talk.chat.store.findThread('order-1')).toBeNull();
      expect((await talk.messages()).map(({ text }) => text)).toEqual(['Hello']);
    });
  },
);

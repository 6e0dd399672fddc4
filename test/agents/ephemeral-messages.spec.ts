import { afterEach, describe, expect, it, vi } from 'vitest';
import { EphemeralMessages } from '../../src/agents/ephemeral-messages.js';
import { BotApiClient } from '../../src/bot/bot-api-client.js';
import { html } from '../../src/index.js';
import type { EmulatedAgent, Message } from '../../src/testing/index.js';
import type { TestDeskOptions } from '../support/test-desk.js';
import { COMMAND_DESKS, CommandDesk, wordsOf, type CommandPlace } from './command-desk.js';

describe.each<CommandPlace>([...COMMAND_DESKS])(
  'Ephemeral messages, with data in %s and %s,',
  (...place) => {
    let desk: CommandDesk;
    afterEach(() => desk.stop());

    async function start(wanted: TestDeskOptions = {}) {
      desk = await CommandDesk.start(place, wanted);
      const { message_id: messageId, message_thread_id: topicId } = await desk.open();
      const card = { chatId: desk.desk.chat.id, messageId, topicId };
      return { messages: desk.desk.app.get(EphemeralMessages, { strict: false }), card };
    }

    it('are seen by one agent, where the thread is, and belong to no thread', async () => {
      const { messages, card } = await start();
      const grace = desk.desk.chat.agent('Grace');
      const content = html`Only <b>you</b>`;
      const keyboard = { inline_keyboard: [[{ text: 'Press', callback_data: 'x' }]] };
      const options = { threadId: 't1', keyboard };
      expect(await messages.tell(card, grace.user.id, content, options)).toBe(true);
      const seen = await grace.waitForEphemeralMessage(() => true);
      expect(wordsOf(seen)).toBe('Only you');
      expect(seen.message_thread_id).toBe(card.topicId);
      expect(seen.reply_to_message?.message_id).toBe(card.messageId);
      expect(seen.reply_markup).toEqual(keyboard);
      expect(desk.ada.ephemeralMessages).toEqual([]);
      expect(desk.desk.chat.messages.map((message) => wordsOf(message))).not.toContain('Only you');
    });

    it('are none where the bot is no administrator, unless they answer a press', async () => {
      const { messages, card } = await start();
      desk.desk.chat.setBotStatus('member');
      const { ada } = desk;
      expect(await messages.tell(card, ada.user.id, html`x`)).toBe(false);
      expect(ada.ephemeralMessages).toEqual([]);
      const shown = await desk.desk.telegram.api.call('sendMessage', {
        chat_id: card.chatId,
        text: 'with a button',
        reply_markup: { inline_keyboard: [[{ text: 'Press', callback_data: 'x' }]] },
      });
      const callbackQueryId = ada.press(await desk.shows(shown.text), 'Press').id;
      expect(await messages.tell(card, ada.user.id, html`now`, { callbackQueryId })).toBe(true);
      expect(ada.ephemeralMessages.map((message) => message.text)).toEqual(['now']);
    });

    it('are none where the agent is no member', async () => {
      const { messages, card } = await start();
      expect(await messages.tell(card, 4_711, html`x`)).toBe(false);
    });

    it('are none while the rate limit has no room', async () => {
      const { messages, card } = await start({
        options: { rateLimit: { messages: 3, windowMs: 60_000 } },
      });
      for (let sent = 0; sent < 3; sent += 1) await messages.tell(card, desk.ada.user.id, html`x`);
      expect(await messages.tell(card, desk.ada.user.id, html`late`)).toBe(false);
      expect(desk.ada.ephemeralMessages.map((message) => wordsOf(message))).not.toContain('late');
    });

    describe('when an agent answers one,', () => {
      const WORDS = 'nobody but the bot sees what you answer here';

      /** An agent who has been told something alone, and answers that. */
      async function answered(
        before: () => void,
        wanted: TestDeskOptions = {},
      ): Promise<EmulatedAgent> {
        const { messages, card } = await start(wanted);
        const grace = desk.desk.chat.agent('Grace');
        // The rate limit may have no room yet.
        await vi.waitFor(
          async () => expect(await messages.tell(card, grace.user.id, html`Only you`)).toBe(true),
          { timeout: 20_000, interval: 100 },
        );
        const told = await grace.waitForEphemeralMessage(() => true);
        before();
        grace.reply(told, 'hello');
        return grace;
      }

      const refuseNext = (times: number) => {
        for (let call = 0; call < times; call += 1) {
          desk.desk.emulator.failNext('sendMessage', {
            kind: 'error',
            errorCode: 400,
            description: 'Bad Request: message to be replied not found',
          });
        }
      };
      /** Telegram knows none of the ephemeral messages that are answered. */
      const refuseAnswers = () =>
        desk.desk.app.get(BotApiClient, { strict: false }).use({
          intercept: (_, next) => next(),
          prepare: (_, params) =>
            isAnswer(params)
              ? { ...params, reply_parameters: { ephemeral_message_id: 999 } }
              : params,
        });
      const isAnswer = (params: object) =>
        JSON.stringify(params).includes('"ephemeral_message_id"');
      const answers = () =>
        desk.desk.emulator.callsOf('sendMessage').filter(({ params }) => isAnswer(params));
      const isRefusal = (message: Message): boolean => wordsOf(message).includes(WORDS);
      const seenByAll = () => desk.desk.chat.messages.filter(isRefusal);

      it('refuse that once the rate limit has room again', async () => {
        // The topic, the card, what the agent is told, and no more.
        const messages = place[1] === 'topics' ? 3 : 2;
        const rateLimit = { messages, windowMs: 4_000 };
        const grace = await answered(() => undefined, { options: { rateLimit } });
        await grace.waitForEphemeralMessage(isRefusal, 20_000);
        expect(seenByAll()).toEqual([]);
        expect(desk.desk.replies.replies).toEqual([]);
      });

      it('refuse that also when Telegram takes no answer to it any more', async () => {
        const grace = await answered(() => refuseNext(1));
        const refusal = await grace.waitForEphemeralMessage(isRefusal, 20_000);
        expect(refusal.reply_to_message?.ephemeral_message_id).toBeUndefined();
        expect(refusal.is_topic_message).toBe(place[1] === 'topics' ? true : undefined);
        expect(seenByAll()).toEqual([]);
      });

      it('refuse that with room for one message at a time, when Telegram takes no answer', async () => {
        const rateLimit = { messages: 1, windowMs: 1_000 };
        const grace = await answered(refuseAnswers, { options: { rateLimit } });
        await grace.waitForEphemeralMessage(isRefusal, 20_000);
        expect(answers()).toHaveLength(1);
        expect(seenByAll()).toEqual([]);
      });

      it('refuse that once an outage of Telegram is over', async () => {
        const grace = await answered(() =>
          desk.desk.emulator.failNext('sendMessage', { kind: 'html', status: 502 }, 2),
        );
        await grace.waitForEphemeralMessage(isRefusal, 20_000);
        expect(seenByAll()).toEqual([]);
      });

      it('have all read the refusal where Telegram takes none', async () => {
        const grace = await answered(() => refuseNext(2));
        const refusal = await desk.desk.chat.waitForMessage(isRefusal, 20_000);
        expect(wordsOf(refusal)).toContain('Grace');
        expect(refusal.entities).toContainEqual(
          expect.objectContaining({ type: 'text_mention', user: grace.user }),
        );
        expect(refusal.is_topic_message).toBe(place[1] === 'topics' ? true : undefined);
        expect(grace.ephemeralMessages.filter(isRefusal)).toEqual([]);
      });
    });
  },
);

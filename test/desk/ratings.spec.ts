import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { html, TelegramArgumentError, type TelegramModuleOptions } from '../../src/index.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk } from '../support/test-desk.js';

const CARRIER = '\u200b';

describe.each(['memory', 'Redis'])('A rating of a customer, with data in %s,', (store) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  async function start(options: Partial<TelegramModuleOptions> = {}): Promise<number> {
    const redis = store === 'Redis' ? { redis: inject('redisUrl') } : {};
    desk = await TestDesk.start({
      emulator: { bots: [ownBot()] },
      options: { ...redis, ...options },
    });
    const customer = { name: 'Ada' };
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Hi', customer });
    return (await shown('💬 Ada\nHi')).message_id;
  }

  const shown = (text: string) =>
    desk.chat.waitForMessage((message) => message.text === CARRIER + text, 20_000);

  const rate = (rating: number, comment?: string) =>
    desk.telegram.notifyRating({ threadId: 't1', rating, comment });

  /** The notices of the desk, as soon as the last one has this text. */
  async function noticesEndingWith(last: string): Promise<string[]> {
    await vi.waitUntil(() => desk.notices.at(-1) === last, 20_000);
    return desk.notices;
  }

  it('is a notice with stars and the comment, in the chain of its thread', async () => {
    const first = await start();
    expect(await rate(4, 'Quick <b>and</b> kind')).toMatchObject({ accepted: true });
    const notice = await shown('⭐ Ada rated the conversation: ★★★★☆\nQuick <b>and</b> kind');
    expect(notice.reply_to_message?.message_id).toBe(first);
    expect(notice.entities).toContainEqual(expect.objectContaining({ type: 'blockquote' }));
  });

  it('is stars alone without a comment, or with a blank one', async () => {
    await start();
    await rate(1, ' \u200b ');
    expect(await noticesEndingWith('⭐ Ada rated the conversation: ★☆☆☆☆')).toEqual([
      '💬 Ada\nHi',
      '⭐ Ada rated the conversation: ★☆☆☆☆',
    ]);
  });

  it('changes its notice when it is given anew, and nothing when it is the same', async () => {
    await start();
    await rate(5, 'Great');
    expect(await noticesEndingWith('⭐ Ada rated the conversation: ★★★★★\nGreat')).toEqual([
      '💬 Ada\nHi',
      '⭐ Ada rated the conversation: ★★★★★\nGreat',
    ]);
    await rate(5, 'Great');
    await rate(2);
    expect(await noticesEndingWith('⭐ Ada rated the conversation: ★★☆☆☆')).toEqual([
      '💬 Ada\nHi',
      '⭐ Ada rated the conversation: ★★☆☆☆',
    ]);
    await rate(2);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Bye' });
    await shown('💬 Customer\nBye');
    expect(desk.emulator.callsOf('editMessageText')).toHaveLength(1);
    expect(desk.notices).toHaveLength(3);
  });

  it('is posted again when its notice is gone', async () => {
    await start();
    await rate(5);
    const { message_id: id } = await shown('⭐ Ada rated the conversation: ★★★★★');
    await desk.telegram.api.call('deleteMessage', { chat_id: desk.chat.id, message_id: id });
    await rate(3, 'Slow');
    expect(await noticesEndingWith('⭐ Ada rated the conversation: ★★★☆☆\nSlow')).toEqual([
      '💬 Ada\nHi',
      '⭐ Ada rated the conversation: ★★★☆☆\nSlow',
    ]);
  });

  it('is the newest of those that wait', async () => {
    await start();
    desk.emulator.failNext('sendMessage', {
      kind: 'error',
      errorCode: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Wait' });
    for (const rating of [1, 2, 3]) await rate(rating);
    expect(await noticesEndingWith('⭐ Ada rated the conversation: ★★★☆☆')).toEqual([
      '💬 Ada\nHi',
      '💬 Customer\nWait',
      '⭐ Ada rated the conversation: ★★★☆☆',
    ]);
  });

  it('takes as many messages as a long comment needs', async () => {
    await start();
    await rate(2, 'x'.repeat(5_000));
    await vi.waitFor(() => expect(desk.notices).toHaveLength(3), 20_000);
    expect(desk.notices[2]).toMatch(/^⭐ Ada rated the conversation: ★★☆☆☆ \(2\/2\)\nx+$/);
  });

  it('has the notice that the app wants', async () => {
    await start({
      templates: {
        rated: ({ threadId, rating, stars, text }) =>
          html`${threadId}: ${rating} of 5 ${stars} ${text}`,
      },
    });
    await rate(3, 'Fine');
    expect(await noticesEndingWith('t1: 3 of 5 ★★★☆☆ Fine')).toEqual([
      '💬 Ada\nHi',
      't1: 3 of 5 ★★★☆☆ Fine',
    ]);
  });

  it('brings an agent who replies to it to the thread, and is no message of the app', async () => {
    await start();
    await rate(5);
    const notice = await shown('⭐ Ada rated the conversation: ★★★★★');
    desk.chat.agent('Bob').reply(notice, 'Thank you');
    await vi.waitFor(
      () => expect(desk.replies.replies).toMatchObject([{ threadId: 't1', text: 'Thank you' }]),
      20_000,
    );
    expect(desk.replies.replies[0]?.replyTo?.messageId).toBeUndefined();
  });

  it('is posted nowhere when the desk does not know the thread', async () => {
    await start();
    const result = await desk.telegram.notifyRating({ threadId: 'unknown', rating: 5 });
    expect(result).toMatchObject({ accepted: true });
    await rate(4);
    expect(await noticesEndingWith('⭐ Ada rated the conversation: ★★★★☆')).toEqual([
      '💬 Ada\nHi',
      '⭐ Ada rated the conversation: ★★★★☆',
    ]);
  });

  it('is refused by name when an argument is wrong', async () => {
    await start();
    for (const rating of [0, 6, 2.5, Number.NaN]) {
      await expect(rate(rating)).rejects.toThrow('rating must be a whole number from 1 to 5');
    }
    await expect(desk.telegram.notifyRating({ threadId: '', rating: 3 })).rejects.toThrow(
      TelegramArgumentError,
    );
  });
});

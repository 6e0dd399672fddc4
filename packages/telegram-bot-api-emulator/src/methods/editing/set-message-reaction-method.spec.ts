import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';

const emoji = (value: string): object => ({ type: 'emoji', emoji: value });

describe('SetMessageReactionMethod', () => {
  let telegram: BotApiEmulator;
  let desk: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    desk = telegram.createSupergroup({ title: 'Desk' });
    desk.agent('Ann').write('hello');
  });

  afterEach(() => telegram.stop());

  async function react(reaction: unknown, params: object = {}): Promise<unknown> {
    const { token } = telegram.bot;
    const response = await fetch(`${telegram.apiRoot}/bot${token}/setMessageReaction`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ chat_id: desk.id, message_id: 1, reaction, ...params }),
    });
    return response.json();
  }

  it.each(['👍', '❤', '❤️', '❤‍🔥', '🤷‍♂', '🫡'])('sets %s', async (value) => {
    expect(await react([emoji(value)])).toEqual({ ok: true, result: true });
    expect(desk.reactionsOn(1)).toEqual([value]);
  });

  it('takes only what the chat allows, and says what that is', async () => {
    desk.allowReactions(['🔥', '❤']);
    expect(await react([emoji('👍')])).toMatchObject({
      description: 'Bad Request: REACTION_INVALID',
    });
    expect(await react([emoji('❤️')])).toEqual({ ok: true, result: true });
    const chat = await fetch(
      `${telegram.apiRoot}/bot${telegram.bot.token}/getChat?chat_id=${desk.id}`,
    );
    expect(await chat.json()).toMatchObject({
      result: { available_reactions: [emoji('🔥'), emoji('❤')] },
    });
    desk.allowReactions([]);
    expect(await react([emoji('🔥')])).toMatchObject({
      description: 'Bad Request: REACTION_INVALID',
    });
    desk.allowReactions('all');
    expect(await react([emoji('👍')])).toEqual({ ok: true, result: true });
  });

  it('replaces a reaction, takes the same again, and removes it', async () => {
    await react([emoji('👍')]);
    await react(JSON.stringify([emoji('👀')]));
    expect(await react([emoji('👀')])).toMatchObject({ ok: true });
    expect(desk.reactionsOn(1)).toEqual(['👀']);
    expect(await react([])).toMatchObject({ ok: true });
    expect(desk.reactionsOn(1)).toEqual([]);
    await react([emoji('👍')]);
    expect(await react(undefined)).toMatchObject({ ok: true });
    expect(desk.reactionsOn(1)).toEqual([]);
  });

  it.each([
    ['[', "can't parse reaction types JSON object"],
    [emoji('👍'), 'expected an Array of ReactionType'],
    [['👍'], "can't parse ReactionType: expected an Object"],
    [[{ emoji: '👍' }], 'can\'t parse ReactionType: Can\'t find field "type"'],
    [[{ type: 'emoji' }], 'can\'t parse ReactionType: Can\'t find field "emoji"'],
    [[{ type: 'smile' }], "can't parse ReactionType: invalid reaction type specified"],
    [[emoji('✅')], 'REACTION_INVALID'],
    [[emoji('👍👍')], 'REACTION_INVALID'],
    [[{ type: 'custom_emoji', custom_emoji_id: '5368324170671202286' }], 'REACTION_INVALID'],
    [[emoji('👍'), emoji('👀')], 'REACTIONS_TOO_MANY'],
  ])('refuses %j', async (reaction, description) => {
    expect(await react(reaction)).toEqual({
      ok: false,
      error_code: 400,
      description: `Bad Request: ${description}`,
    });
    expect(desk.reactionsOn(1)).toEqual([]);
  });

  it.each([
    [{ message_id: undefined }, 400, 'Bad Request: message to react not found'],
    [{ message_id: 'one' }, 400, 'Bad Request: message to react not found'],
    [{ chat_id: 5 }, 400, 'Bad Request: chat not found'],
    [{ reaction: '[', chat_id: 5 }, 400, "Bad Request: can't parse reaction types JSON object"],
    [{ reaction: [emoji('✅')], message_id: 2 }, 400, 'Bad Request: message to react not found'],
  ])('refuses %j', async (params, error_code, description) => {
    expect(await react([emoji('👍')], params)).toEqual({ ok: false, error_code, description });
  });

  it('refuses a supergroup where the bot is not', async () => {
    desk.setBotStatus('left');
    expect(await react([emoji('👍')])).toMatchObject({
      description: 'Forbidden: bot is not a member of the supergroup chat',
    });
  });

  it('reads a basic group that the bot has left', async () => {
    const group = telegram.createGroup({ title: 'Group', botStatus: 'left' });
    const { message_id } = group.agent('Ann').write('hello');
    expect(await react([emoji('👍')], { chat_id: group.id, message_id })).toMatchObject({
      ok: true,
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { TelegramModuleOptions } from './telegram-module.options.js';
import { TelegramSettings } from './telegram-settings.js';

const bot = { botToken: `7000000001:${'a'.repeat(35)}`, adminChatId: -1001 };

const settingsOf = (options: TelegramModuleOptions) => new TelegramSettings(options);
const problemsOf = (desks: unknown): unknown => {
  try {
    Reflect.construct(TelegramSettings, [{ ...bot, desks }]);
    return [];
  } catch (error) {
    return error instanceof Error ? Reflect.get(error, 'problems') : error;
  }
};

describe('TelegramSettings with several desks', () => {
  it('knows the desks by name, the default one first', () => {
    const { desks, desk } = settingsOf({ ...bot, desks: { billing: { adminChatId: -1002 } } });
    expect(desks).toEqual(['default', 'billing']);
    expect(desk).toBe('default');
  });

  it('gives a desk its own options, and those of the bot where it has none', () => {
    const settings = settingsOf({
      ...bot,
      agents: [1],
      keyPrefix: 'shop:',
      topics: { replyOnly: true, icons: { closed: '🏁' } },
      reactions: { taken: '❤️', read: false },
      desks: {
        billing: {
          adminChatId: '-1002',
          mode: 'topics',
          topics: { icons: { closed: '' } },
          reactions: { taken: '🔥' },
        },
        returns: { adminChatId: 77, agents: [2], rateLimit: { messages: 5, windowMs: 1_000 } },
      },
    });
    const [billing, returns] = ['billing', 'returns'].map((name) => settings.forDesk(name));
    expect(billing).toMatchObject({
      desk: 'billing',
      identity: { adminChatId: -1002 },
      mode: 'topics',
      topics: { replyOnly: true, icons: { closed: '' } },
      agents: new Set([1]),
      reactions: { taken: '🔥', read: null, deleted: '🙈', close: '👌' },
      rateLimit: { messages: 20, windowMs: 60_000 },
      keyPrefix: 'shop:',
    });
    expect(returns).toMatchObject({
      desk: 'returns',
      identity: { adminChatId: 77 },
      mode: 'replies',
      reactions: { taken: '❤', read: null, deleted: '🙈', close: '👌' },
      agents: new Set([2]),
      rateLimit: { messages: 5, windowMs: 1_000 },
    });
    expect(settings.forDesk('default')).toBe(settings);
  });

  it('gives a desk in a private chat the rate limit of private chats', () => {
    const settings = settingsOf({ ...bot, desks: { owner: { adminChatId: 77 } } });
    expect(settings.forDesk('owner').rateLimit.messages).toBe(60);
  });

  it('takes a desk without an option as one that leaves it to the bot', () => {
    const billing = { adminChatId: -1002, mode: undefined, agents: undefined, topics: undefined };
    const settings = settingsOf({ ...bot, mode: 'topics', agents: [1], desks: { billing } });
    expect(settings.forDesk('billing')).toMatchObject({ mode: 'topics', agents: new Set([1]) });
  });

  it.each<[string, unknown, string, RegExp]>([
    ['a name with a space', { 'a b': {} }, 'desks.', /1 to 64 letters, digits, _ and -/],
    ['a name that is too long', { ['x'.repeat(65)]: {} }, 'desks.', /1 to 64 letters/],
    ['the name of the desk that is there', { default: {} }, 'desks.default', /another name/],
    ['no options', { billing: 7 }, 'desks.billing', /wants an object/],
    ['no chat', { billing: {} }, 'desks.billing.adminChatId', /wants the chat where/],
    ['an empty chat', { billing: { adminChatId: '' } }, 'desks.billing.adminChatId', /wants the/],
    ['a wrong chat', { billing: { adminChatId: 'x' } }, 'desks.billing.adminChatId', /a chat id/],
    [
      'the chat of the default desk',
      { billing: { adminChatId: '-1001' } },
      'desks.billing.adminChatId',
      /this is that of the desk default/,
    ],
    [
      'the chat of another desk',
      { billing: { adminChatId: '@Team' }, returns: { adminChatId: '@team' } },
      'desks.returns.adminChatId',
      /this is that of the desk billing/,
    ],
    [
      'an unknown option',
      { billing: { adminChatId: -2, redis: 'x' } },
      'desks.billing.redis',
      /there is no such option/,
    ],
    [
      'an unknown option of topics',
      { billing: { adminChatId: -2, topics: { colour: 1 } } },
      'desks.billing.topics.colour',
      /there is no such option/,
    ],
    [
      'an emoji that is no reaction',
      { billing: { adminChatId: -2, reactions: { taken: '✅' } } },
      'desks.billing.reactions.taken',
      /73 emoji/,
    ],
    [
      'a wrong policy of claims',
      { billing: { adminChatId: -2, claims: { policy: 'x' } } },
      'desks.billing.claims.policy',
      /"warn"/,
    ],
    [
      'a wrong rate limit',
      { billing: { adminChatId: -2, rateLimit: { messages: 0, windowMs: 1 } } },
      'desks.billing.rateLimit.messages',
      /whole number/,
    ],
    ['a wrong mode', { billing: { adminChatId: -2, mode: 'x' } }, 'desks.billing.mode', /"topics"/],
    ['a list', [{}], 'desks', /wants an object/],
  ])('refuses a desk with %s', (_name, desks, option, wants) => {
    const problems = problemsOf(desks);
    expect(problems).toEqual([expect.objectContaining({ wants: expect.stringMatching(wants) })]);
    expect(JSON.stringify(problems)).toContain(`"option":"${option}`);
  });

  it('wants no chat of a desk while the bot is disabled', () => {
    expect(settingsOf({ adminChatId: -1, desks: { billing: {} } }).isEnabled).toBe(false);
  });

  it('clashes with the settings of another module that has one of its chats, without updates too', () => {
    const one = settingsOf({ ...bot, desks: { billing: { adminChatId: -1002 } } });
    const other = (adminChatId: number) =>
      settingsOf({ ...bot, adminChatId, updates: 'off', desks: { x: { adminChatId: -1004 } } });
    expect(one.clashesWith(other(-1002))).toBe(true);
    expect(one.clashesWith(other(-1003))).toBe(false);
    expect(other(-1002).clashesWith(one)).toBe(true);
  });
});

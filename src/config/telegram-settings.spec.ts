import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { TelegramConfigError } from '../errors/index.js';
import { TelegramModuleOptions } from './telegram-module.options.js';
import { TelegramSettings } from './telegram-settings.js';

const botToken = `7000000001:${'a'.repeat(35)}`;
const enough = { botToken, adminChatId: -1_001 };

/** Options as a JavaScript app may pass them. */
function settingsOf(options: object): TelegramSettings {
  return new TelegramSettings(Object.assign(new TelegramModuleOptions(), options));
}

function problemOf(options: object): { option: string; got: string; wants: string } | undefined {
  try {
    settingsOf({ ...enough, ...options });
  } catch (error) {
    if (error instanceof TelegramConfigError) return error.problems[0];
    throw error;
  }
  return undefined;
}

/** What the error says, without the options that are right. */
function messageOf(options: object): string {
  try {
    settingsOf({ ...enough, ...options });
  } catch (error) {
    if (error instanceof TelegramConfigError) return error.message;
    throw error;
  }
  return '';
}

/** What is no mistake where it stands. */
function isFine(option: string, value: unknown): boolean {
  if (option === 'redis') return typeof value === 'string' && value.startsWith('redis://');
  if (option === 'keyPrefix') return typeof value === 'string' && value.startsWith('dGhp');
  return option === 'templates' && typeof value === 'object' && !Array.isArray(value);
}

/** What no error may show. */
function leaksOf(message: string): string[] {
  return ['aaaa', '7000000001', 'hunter2', 'dGhpcyBp'].filter((secret) => message.includes(secret));
}

const fail = (): never => {
  throw new Error(botToken);
};

/** An object that throws whenever it is looked into. */
function angry(): object {
  const hooks = { toJSON: fail, toString: fail, [Symbol.toPrimitive]: fail };
  const angryObject = Object.create(hooks);
  return Object.defineProperty(angryObject, 'host', { get: fail, enumerable: true });
}

/** Some texts of a desk. */
function words({ texts }: TelegramSettings): string[] {
  return (['closed', 'reopened', 'customer'] as const).map((key) => texts.plain(key));
}

describe('TelegramSettings', () => {
  it('fills in the defaults', () => {
    expect(settingsOf(enough)).toMatchObject({
      apiRoot: 'https://api.telegram.org',
      updates: 'webhook',
      keyPrefix: undefined,
      mappingTtlSeconds: 604_800,
      legacyMappings: false,
      requestTimeoutMs: 30_000,
      agents: null,
      replies: { attempts: 5, receipts: true },
      rateLimit: { messages: 20, windowMs: 60_000 },
      identity: { adminChatId: -1_001, token: { botId: 7_000_000_001 } },
    });
  });

  it('lets a private chat receive more than a group', () => {
    expect(settingsOf({ botToken, adminChatId: 501 }).rateLimit.messages).toBe(60);
    expect(settingsOf({ botToken, adminChatId: '501' }).rateLimit.messages).toBe(60);
    expect(settingsOf({ botToken, adminChatId: '@the_desk' }).rateLimit.messages).toBe(20);
  });

  it('takes a chat id in digits, as the environment gives it', () => {
    expect(settingsOf({ botToken, adminChatId: '-1001' }).identity?.adminChatId).toBe(-1_001);
    expect(settingsOf({ botToken, adminChatId: '@the_desk' }).identity?.adminChatId).toBe(
      '@the_desk',
    );
  });

  it('derives a webhook secret of the characters Telegram allows, the same each time', () => {
    const secret = settingsOf(enough).identity?.webhookSecrets.current.reveal();
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(settingsOf(enough).identity?.webhookSecrets.current.reveal()).toBe(secret);
    const other = settingsOf({ ...enough, botToken: `7000000001:${'b'.repeat(35)}` });
    expect(other.identity?.webhookSecrets.current.reveal()).not.toBe(secret);
  });

  it.each([
    ['botToken', 'my token', 'a string of 8 characters'],
    ['botToken', 5, '5'],
    ['adminChatId', 'desk', '"desk"'],
    ['adminChatId', 1.5, '1.5'],
    ['adminChatId', Number.NaN, 'NaN'],
    ['webhookSecret', 'with spaces', 'a string of 11 characters'],
    ['webhookSecret', 'x'.repeat(257), 'a string of 257 characters'],
    ['webhookUrl', 'app.example.com', '"app.example.com"'],
    ['webhookSecret', [], 'an array'],
    ['webhookSecret', ['good', 'not good'], 'an array'],
    ['webhookUrl', 'http://app.example.com', '"http://app.example.com"'],
    ['webhookUrl', 'https://app.example.com:3000', '"https://app.example.com:3000"'],
    ['webhookUrl', 'https://127.0.0.1', '"https://127.0.0.1"'],
    ['webhookUrl', 'https:app.example.com', '"https:app.example.com"'],
    ['updates', 'pigeon', '"pigeon"'],
    ['polling', true, 'true'],
    ['files', 'yes', '"yes"'],
    ['mode', 'threads', '"threads"'],
    ['topics', 'yes', '"yes"'],
    ['threadTtlSeconds', 0, '0'],
    ['redis', 'localhost', '"localhost"'],
    ['redis', 6379, '6379'],
    ['keyPrefix', 'with space', '"with space"'],
    ['mappingTtlSeconds', 0, '0'],
    ['mappingTtlSeconds', 1e12, '1000000000000'],
    ['requestTimeoutMs', 1e12, '1000000000000'],
    ['legacyMappings', 'yes', '"yes"'],
    ['apiRoot', 'api.telegram.org', '"api.telegram.org"'],
    ['requestTimeoutMs', 1.5, '1.5'],
    ['agents', [], 'an array'],
    ['agents', ['Ada'], 'an array'],
    ['agents', 501, '501'],
    ['templates', 'plain', '"plain"'],
    ['locale', 'xx', '"xx"'],
    ['texts', 'plain', '"plain"'],
    ['webhokUrl', 'https://x', '"https://x"'],
  ])('refuses %s: %s', (option, value, got) => {
    const problem = problemOf({ [option]: value });
    expect(problem).toMatchObject({ option, got });
    expect(problem?.wants).not.toBe('');
  });

  it.each([
    [{ replies: { attempts: 0 } }, 'replies.attempts'],
    [{ topics: { name: 'customer' } }, 'topics.name'],
    [{ claims: true }, 'claims'],
    [{ claims: { policy: 'ask' } }, 'claims.policy'],
    [{ claims: { holdMs: -1 } }, 'claims.holdMs'],
    [{ reactions: { taken: '✅' } }, 'reactions.taken'],
    [{ reactions: { read: true } }, 'reactions.read'],
    [{ reactions: { deleted: '👌' } }, 'reactions.deleted'],
    [{ reactions: { close: '🙈' } }, 'reactions.close'],
    [{ reactions: { seen: '👀' } }, 'reactions.seen'],
    [{ topics: { icons: { open: '🔥' } } }, 'topics.icons'],
    [{ topics: { replyOnly: 'no' } }, 'topics.replyOnly'],
    [{ replies: { receipts: 'no' } }, 'replies.receipts'],
    [{ replies: { retries: 3 } }, 'replies.retries'],
    [{ replies: 3 }, 'replies'],
    [{ polling: { removeWebhook: 'yes' } }, 'polling.removeWebhook'],
    [{ files: { maxBytes: 0 } }, 'files.maxBytes'],
    [{ files: { maxBytes: 2 ** 30 } }, 'files.maxBytes'],
    [{ files: { allowPrivateUrls: 'no' } }, 'files.allowPrivateUrls'],
    [{ files: { ttlSeconds: 1.5 } }, 'files.ttlSeconds'],
    [{ files: { root: 'var/bots' } }, 'files.root'],
    [{ files: { root: 5 } }, 'files.root'],
    [{ files: { baseUrl: 'app.example.com' } }, 'files.baseUrl'],
    [{ files: { dir: '/var' } }, 'files.dir'],
    [{ rateLimit: { messages: 20 } }, 'rateLimit.windowMs'],
    [{ rateLimit: { messages: -1, windowMs: 1 } }, 'rateLimit.messages'],
  ])('names what is wrong inside %o', (options, option) => {
    expect(problemOf(options)).toMatchObject({ option });
  });

  it.each([
    [{ helo: 'Hello' }, 'there is no text named helo'],
    [{ closed: '' }, 'wants a text for closed'],
    [{ closed: 5 }, 'wants a text for closed'],
    [{ closed: 'By {agent}' }, 'the text closed has no value for {agent}; it may have none'],
    [{ replyFailed: '{why}' }, 'the text replyFailed has no value for {why}; it may have {reason}'],
  ])('names what is wrong with the texts %o', (texts, wants) => {
    expect(problemOf({ texts })).toMatchObject({ option: 'texts', wants });
  });

  it('has the texts of the language, with those of the app, and for a desk its own', () => {
    const settings = new TelegramSettings({
      botToken,
      adminChatId: -1,
      locale: 'de',
      texts: { closed: 'Zu', reopened: 'Auf' },
      desks: { paris: { adminChatId: -2, locale: 'fr', texts: { reopened: 'Ouverte' } } },
    });
    expect(words(settings)).toEqual(['Zu', 'Auf', 'Kunde']);
    expect(words(settings.forDesk('paris'))).toEqual(['Zu', 'Ouverte', 'Client']);
    expect(settings.textsIn('de').plain('closed')).toBe('Zu');
    expect(settings.textsIn('es').plain('customer')).toBe('Cliente');
    expect(settings.textsIn('xx').plain('customer')).toBe('Kunde');
  });

  it('names the new option when one is given by the name that it had before', () => {
    expect(problemOf({ budget: { messages: 20, windowMs: 60_000 } })).toMatchObject({
      option: 'budget',
      wants: 'this option is named rateLimit now',
    });
  });

  it.each([
    ['adminChatId'],
    ['keyPrefix'],
    ['mode'],
    ['updates'],
    ['webhookUrl'],
    ['apiRoot'],
    ['redis'],
    ['polling'],
    ['replies'],
    ['templates'],
    ['agents'],
    ['requestTimeoutMs'],
    ['legacyMappings'],
    ['botTokn'],
  ])('shows no token, password or random string that was given as %s', (option) => {
    const secrets = [
      botToken,
      `the token is ${botToken}.`,
      'redis://:hunter2@127.0.0.1:6379',
      'https://hunter2@example.org/ x',
      'dGhpcyBpcyBhIHNlY3JldA==',
    ];
    for (const secret of secrets) {
      for (const value of [
        secret,
        ` ${secret}`,
        [secret],
        { [secret]: secret },
        { at: [secret] },
      ]) {
        if (isFine(option, value)) continue;
        const message = messageOf({ [option]: value });
        expect(message).toContain(`- ${option}`);
        expect(leaksOf(message)).toEqual([]);
      }
    }
  });

  it.each([
    ['an unknown option', { [botToken]: true }],
    ['an option of replies', { replies: { [botToken]: true } }],
    ['an option of redis', { redis: { [botToken]: 1 } }],
    ['an option that is a typo', { webhokSecret: 'hunter2', password: 'hunter2' }],
  ])('shows no secret that stands where the name of %s does', (_name, options) => {
    const message = messageOf(options);
    expect(message).not.toBe('');
    expect(leaksOf(message)).toEqual([]);
  });

  it.each([
    ['a symbol', Symbol(botToken)],
    ['a bigint', 10n ** 80n],
    ['a function', () => botToken],
    ['an object whose getters and toJSON throw', angry()],
  ])('says what is wrong with %s, wherever it stands', (_name, value) => {
    for (const option of ['adminChatId', 'mode', 'redis', 'replies', 'rateLimit', 'webhokUrl']) {
      const message = messageOf({ [option]: value });
      expect(message).toContain(`- ${option}`);
      expect(leaksOf(message)).toEqual([]);
    }
  });

  it('says which option cannot be read', () => {
    const options = {
      get mode(): never {
        throw new Error(botToken);
      },
      replies: angry(),
    };
    expect(() => new TelegramSettings(options)).toThrow(
      /- mode: got a getter that throws; .*\n {2}- replies\.host: got a getter that throws/,
    );
  });

  it.each([[undefined], [null], ['options'], [[]]])(
    'wants options that are an object, not %j',
    (given) => {
      expect(() => Reflect.construct(TelegramSettings, [given])).toThrow('- options: got');
    },
  );

  it('says each problem once', () => {
    const wrong = {
      requestTimeoutMs: 'soon',
      agents: 501,
      webhookUrl: 'ftp://app.example.com',
      replies: [{ attempts: 0 }],
      rateLimit: { messages: 'many', windowMs: -1 },
      mappingTtlSeconds: {},
    };
    const problems = messageOf(wrong).split('\n').slice(1);
    expect(problems.map((line) => /- ([\w.]+): /.exec(line)?.[1])).toEqual(
      expect.arrayContaining(
        [...Object.keys(wrong), 'rateLimit.messages', 'rateLimit.windowMs'].filter(
          (name) => name !== 'rateLimit',
        ),
      ),
    );
    expect(problems).toHaveLength(7);
    expect(problems.join()).toContain(
      'requestTimeoutMs: got "soon"; wants a whole number of milliseconds, from 1 to 86400000',
    );
    expect(problems.join()).not.toMatch(/wants[^;\n]* must|(wants a list).*\1/);
  });

  it('takes any address for a Bot API server of the operator, which has other rules', () => {
    const webhookUrl = 'http://127.0.0.1:3000';
    const settings = settingsOf({ ...enough, webhookUrl, apiRoot: 'http://127.0.0.1:8081' });
    expect(settings.webhookUrl).toBe(webhookUrl);
  });

  it('takes several webhook secrets, of which the first is the one to register', () => {
    const secrets = settingsOf({ ...enough, webhookSecret: ['next', 'former'] }).identity
      ?.webhookSecrets;
    expect(secrets?.current.reveal()).toBe('next');
    expect(['next', 'former', 'other', ''].map((each) => secrets?.accepts(each))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('says in one error what failed and what to do', () => {
    expect(() => settingsOf({ botToken: 'no', adminChatId: 'desk', webhokUrl: 'x' })).toThrow(
      [
        'TelegramModule cannot start with these options:',
        '  - webhokUrl: got "x"; there is no such option',
        '  - botToken: got a string of 2 characters; wants a token from @BotFather: digits, a colon, letters',
        '  - adminChatId: got "desk"; wants a chat id such as -1001234567890, or the @username of a public group',
      ].join('\n'),
    );
  });

  it.each([
    ['https://t.me/c/2100000001/5', 'not a link to it: use -1002100000001'],
    ['t.me/c/2100000001', 'not a link to it: use -1002100000001'],
    ['https://t.me/c/2100000001/5/77?single', 'not a link to it: use -1002100000001'],
    ['https://t.me/our_support', 'not a link to it: use @our_support'],
    [' -1002100000001 ', 'without blanks: use -1002100000001'],
    ['@our_support\n', 'without blanks: use @our_support'],
  ])('says which id is meant by %j', (adminChatId, wants) => {
    expect(() => settingsOf({ ...enough, adminChatId })).toThrow(
      `wants the id of the chat, ${wants}`,
    );
    const desks = { billing: { adminChatId } };
    expect(() => settingsOf({ ...enough, desks })).toThrow(`wants the id of the chat, ${wants}`);
  });

  it.each(['https://t.me/joinchat/AAAAAEjlfSD', 'https://t.me/+AAAAAEjlfSD', 'https://t.me'])(
    'does not guess which chat is meant by %s',
    (adminChatId) => {
      expect(() => settingsOf({ ...enough, adminChatId })).toThrow('wants a chat id such as');
    },
  );

  it('shows neither the token nor a secret nor the password of Redis when it is printed', () => {
    const settings = settingsOf({
      ...enough,
      webhookSecret: ['hush-hush', 'be-quiet'],
      redis: 'redis://:pass-word@127.0.0.1',
    });
    const printed = inspect(settings, { depth: 9, showHidden: true }) + JSON.stringify(settings);
    for (const secret of ['aaaa', 'hush-hush', 'be-quiet', 'pass-word'])
      expect(printed).not.toContain(secret);
  });
});

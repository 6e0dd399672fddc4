import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { TelegramConfigError } from './errors/index.js';
import { TelegramModuleOptions } from './telegram.options.js';
import { TelegramSettings } from './telegram.settings.js';

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
      budget: { messages: 20, windowMs: 60_000 },
      identity: { adminChatId: -1_001, token: { botId: 7_000_000_001 } },
    });
  });

  it('lets a private chat receive more than a group', () => {
    expect(settingsOf({ botToken, adminChatId: 501 }).budget.messages).toBe(60);
    expect(settingsOf({ botToken, adminChatId: '501' }).budget.messages).toBe(60);
    expect(settingsOf({ botToken, adminChatId: '@the_desk' }).budget.messages).toBe(20);
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
    ['webhookUrl', 'app.example.com', 'a string of 15 characters'],
    ['webhookSecret', [], 'an array'],
    ['webhookSecret', ['good', 'not good'], 'an array'],
    ['webhookUrl', 'http://app.example.com', 'a string of 22 characters'],
    ['webhookUrl', 'https://app.example.com:3000', 'a string of 28 characters'],
    ['webhookUrl', 'https://127.0.0.1', 'a string of 17 characters'],
    ['updates', 'pigeon', '"pigeon"'],
    ['polling', true, 'true'],
    ['mode', 'topics', '"topics"'],
    ['redis', 'localhost', 'a string of 9 characters'],
    ['redis', 6379, '6379'],
    ['keyPrefix', 'with space', '"with space"'],
    ['mappingTtlSeconds', 0, '0'],
    ['mappingTtlSeconds', 1e12, '1000000000000'],
    ['requestTimeoutMs', 1e12, '1000000000000'],
    ['legacyMappings', 'yes', '"yes"'],
    ['apiRoot', 'api.telegram.org', 'a string of 16 characters'],
    ['requestTimeoutMs', 1.5, '1.5'],
    ['agents', [], 'an array'],
    ['agents', ['Ada'], 'an array'],
    ['agents', 501, '501'],
    ['templates', 'plain', '"plain"'],
    ['webhokUrl', 'https://x', '"https://x"'],
  ])('refuses %s: %s', (option, value, got) => {
    const problem = problemOf({ [option]: value });
    expect(problem).toMatchObject({ option, got });
    expect(problem?.wants).not.toBe('');
  });

  it.each([
    [{ replies: { attempts: 0 } }, 'replies.attempts'],
    [{ replies: { receipts: 'no' } }, 'replies.receipts'],
    [{ replies: { retries: 3 } }, 'replies.retries'],
    [{ replies: 3 }, 'replies'],
    [{ polling: { removeWebhook: 'yes' } }, 'polling.removeWebhook'],
    [{ budget: { messages: 20 } }, 'budget.windowMs'],
    [{ budget: { messages: -1, windowMs: 1 } }, 'budget.messages'],
  ])('names what is wrong inside %o', (options, option) => {
    expect(problemOf(options)).toMatchObject({ option });
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

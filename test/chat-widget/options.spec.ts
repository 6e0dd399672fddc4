import { Test } from '@nestjs/testing';
import { describe, expect, it } from 'vitest';
import { TelegramConfigError, TelegramModule } from '../../src/index.js';
import { SupportChatModule, type SupportChatOptions } from '../../src/chat-widget/index.js';
import { LogCapture } from '../support/log-capture.js';

const bot = { botToken: '7000000001:AAHsecretsecretsecretsecretsecret12', adminChatId: -1001 };

async function problemsOf(options: object, isGlobal = true): Promise<unknown> {
  const given: SupportChatOptions = options;
  const imports = [
    TelegramModule.forRoot({ ...bot, updates: 'off', isGlobal }),
    SupportChatModule.forRoot(given),
  ];
  const builder = Test.createTestingModule({ imports }).setLogger(new LogCapture());
  try {
    const app = await builder.compile();
    await app.close();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('The options of the chat', () => {
  it('name everything that cannot be used, and show no secret', async () => {
    const error = await problemsOf({
      customer: 'ann',
      anonymous: 'yes',
      secret: 'hunter2',
      origins: ['https://shop.example/', 'shop.example'],
      uploads: { maxBytes: 0, types: ['png'], maxFile: 1 },
      rateLimit: { messages: 0, windowMs: 60_000 },
      retentionDays: 0,
      history: 1,
      availability: {},
      maxTextLength: 1e9,
      colour: 'red',
    });
    expect(error).toBeInstanceOf(TelegramConfigError);
    const { problems, message } =
      error instanceof TelegramConfigError ? error : { problems: [], message: '' };
    expect(message).toMatch(/^SupportChatModule cannot start with these options:/);
    expect(message).not.toContain('hunter2');
    expect(problems.map(({ option }) => option).toSorted()).toEqual([
      'anonymous',
      'availability',
      'colour',
      'customer',
      'history',
      'maxTextLength',
      'origins',
      'rateLimit.messages',
      'retentionDays',
      'secret',
      'uploads.maxBytes',
      'uploads.maxFile',
      'uploads.types',
    ]);
  });

  it.each([
    {},
    { uploads: false },
    { uploads: { types: ['*/*', 'image/*', 'application/pdf'] } },
    { origins: ['https://shop.example', 'http://localhost:3000'] },
    { customer: () => null, availability: () => ({ isOpen: false, text: 'Closed' }) },
  ])('may be %j', async (options) => {
    expect(await problemsOf(options)).toBeUndefined();
  });

  it('are refused for the second of two chats of one bot', async () => {
    const module = Test.createTestingModule({
      imports: [
        TelegramModule.forRoot({ ...bot, updates: 'off', isGlobal: true }),
        SupportChatModule.forRoot({ anonymous: true }),
        SupportChatModule.forRoot({ anonymous: true, path: 'second' }),
      ],
    });
    const error: unknown = await module.compile().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TelegramConfigError);
    expect(String(error)).toContain('one SupportChatModule for each bot');
  });

  it('say how the bot is to be imported', async () => {
    const error = await problemsOf({}, false);
    expect(String(error)).toContain('import TelegramModule with isGlobal: true');
  });
});

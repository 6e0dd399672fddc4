import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TelegramArgumentError } from '../../src/index.js';
import type { MessageEntity } from '../../src/testing/index.js';
import { TestDesk } from '../support/test-desk.js';

describe('The url of a new thread', () => {
  let desk: TestDesk;
  let count = 0;
  beforeAll(async () => {
    const rateLimit = { messages: 1_000, windowMs: 1_000 };
    const emulator = { limits: { group: false, overall: false } } as const;
    desk = await TestDesk.start({ webhook: false, emulator, options: { rateLimit } });
  });
  afterAll(() => desk.stop());

  it.each([
    'https://app.example.com/threads/1?a=1&b=2',
    'http://app.example.com:8080/threads/1#top',
    'HTTPS://APP.EXAMPLE.COM/Threads',
    'https://app.example.com',
    'https://app.example.com?thread=1',
    'https://app.example.com/@alice/threads?for=@bob#@me',
    'https://app.example.com/?q="late parcel"&x=\'y\'',
    'https://app.example.com/my threads/1',
    'https://app.example.com/<b>&amp;</b>',
    'https://app.example.com/потоки/ü?名=値',
    'https://app.example.com/a\\b',
    'https://app.example.com/(a)[b]{c}`d`,;:!|^',
    'https://app.example.com/%zz%20%C3%BC',
    'https://münchen.example/threads',
    'https://xn--mnchen-3ya.example/threads',
    'https://my_app.example/threads',
    'http://192.0.2.7:3000/threads/1',
    'http://[2001:db8::1]:3000/threads/1',
    'https://app.example.com/tg://user?id=5',
  ])('%s leads to the same place in Telegram', async (url) => {
    const threadId = `t${(count += 1)}`;
    await desk.telegram.notifyNewThread({ threadId, text: threadId, url });
    const { text = '', entities = [] } = await desk.chat.waitForMessage((message) =>
      Boolean(message.text?.endsWith(`\n${threadId}`)),
    );
    const link = entities.find(({ offset }) => offset === text.indexOf('Open the thread'));
    if (link?.type !== 'text_link') throw new Error(`Telegram made no link of ${url}`);
    expect(new URL(link.url).href).toBe(new URL(url).href);
    expect(typesOf(entities)).toEqual(['text_link', 'bold', 'text_link', 'blockquote']);
  });

  it.each(['http://localhost:3000/threads/@alice', 'https://desk/threads/1'])(
    '%s, which Telegram would not link, is shown to be copied',
    async (url) => {
      const threadId = `t${(count += 1)}`;
      await desk.telegram.notifyNewThread({ threadId, text: threadId, url });
      const { text, entities = [] } = await desk.chat.waitForMessage((message) =>
        Boolean(message.text?.endsWith(`\n${threadId}`)),
      );
      expect(text).toContain(`🔗 ${url}\n`);
      expect(typesOf(entities)).toEqual(['text_link', 'bold', 'code', 'blockquote']);
    },
  );

  it.each([
    'javascript:alert(1)',
    'JavaScript://example.com/%0aalert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://example.com/x',
    'tg://user?id=5',
    'tonsite://example.ton',
    'mailto:alice@example.com',
    '//example.com/x',
    '/threads/1',
    'example.com/threads/1',
    '',
    ' ',
    'not a url',
    'https://',
    'https:///example.com/x',
    'https:example.com',
    'https:/example.com',
    'https://user:password@example.com/x',
    'https://user@example.com',
    'https://@example.com',
    'https://example.com\\@evil.example/x',
    'https://example.com:99999/x',
    'https://exa mple.com/x',
    ' https://example.com/x',
    'https://example.com/x ',
    'https://example.com/x\ny',
    'https://example.com/\u0000',
    'https://example.com/\u202eevil',
    'https://example.com/\ud83d',
    `https://example.com/${'x'.repeat(2_048)}`,
  ])('may not be %j', async (url) => {
    const call = desk.telegram.notifyNewThread({ threadId: 't1', text: 'Hello', url });
    await expect(call).rejects.toBeInstanceOf(TelegramArgumentError);
    await expect(call).rejects.toMatchObject({ fields: ['url'] });
  });
});

/** Without the time that stands on the card. */
function typesOf(entities: readonly MessageEntity[]): string[] {
  return entities.map(({ type }) => type).filter((type) => type !== 'date_time');
}

import { describe, expect, it } from 'vitest';
import { TelegramSettings } from '../config/telegram-settings.js';
import { Secret } from '../secrets/secret.js';
import { VirtualClock } from '../testing/index.js';
import { FileLinks } from './file-links.js';
import { FileReferences } from './file-references.js';

const FILE = { desk: 'default', threadId: 'one', fileId: 'x', name: 'a.pdf' };
const webhook = { path: '/api/telegram/webhook', globalPrefix: '/api' };
const served = { path: '/api/telegram/webhook/files', globalPrefix: '/api' };

const clock = new VirtualClock(1_750_000_000_000);
const references = new FileReferences(new Secret('key'), clock);

function urlOf(options: object): string {
  const settings = new TelegramSettings({ botToken: '1:a', adminChatId: -1, ...options });
  return new FileLinks(references, { served }, { served: webhook }, settings, clock).urlOf(FILE);
}

function expiryOf(url: string): Date | undefined {
  return references.read(url.split('/').at(-1) ?? '')?.expiresAt;
}

describe('FileLinks', () => {
  it.each([
    [{}, '/api/telegram/webhook/files/'],
    [{ webhookUrl: 'https://a.example' }, 'https://a.example/api/telegram/webhook/files/'],
    [
      { webhookUrl: 'https://a.example/shop/api/telegram/webhook?key=1' },
      'https://a.example/shop/api/telegram/webhook/files/',
    ],
    [
      // A proxy adds the prefix.
      { webhookUrl: 'https://a.example/telegram/webhook' },
      'https://a.example/telegram/webhook/files/',
    ],
    [
      { files: { baseUrl: 'https://a.example/api' } },
      'https://a.example/api/telegram/webhook/files/',
    ],
    [
      { webhookUrl: 'https://a.example', files: { baseUrl: 'https://cdn.example/' } },
      'https://cdn.example/api/telegram/webhook/files/',
    ],
  ])('begins as the options %j say', (options, start) => {
    const url = urlOf(options);
    expect(url.startsWith(start)).toBe(true);
    expect(references.read(url.slice(start.length))).toMatchObject(FILE);
  });

  it('expires after files.ttlSeconds, by default after an hour', () => {
    expect(expiryOf(urlOf({}))).toEqual(new Date(clock.now() + 3_600_000));
    expect(expiryOf(urlOf({ files: { ttlSeconds: 5 } }))).toEqual(new Date(clock.now() + 5_000));
  });
});

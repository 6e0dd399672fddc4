import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TelegramArgumentError, type UserMessage } from '../../src/index.js';
import { TestDesk } from '../support/test-desk.js';

const MAX_BYTES = 1_000;
const data = Buffer.from('1');

describe('The attachments of a message', () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await TestDesk.start({ webhook: false, options: { files: { maxBytes: MAX_BYTES } } });
  });
  afterAll(() => desk.stop());

  /** What an app without types passes. */
  function notify(argument: object): Promise<unknown> {
    const call = (message: UserMessage) => desk.telegram.notifyUserMessage(message);
    return Reflect.apply(call, undefined, [{ threadId: 't1', ...argument }]);
  }

  async function refusalOf(argument: object): Promise<TelegramArgumentError> {
    const error: unknown = await notify(argument).catch((reason: unknown) => reason);
    if (!(error instanceof TelegramArgumentError)) throw new Error(`Not refused: ${String(error)}`);
    return error;
  }

  it.each<[name: string, attachments: unknown]>([
    ['a string', 'a.png'],
    ['bytes', data],
    ['an object', { 0: { data } }],
    ['a Set', new Set([{ data }])],
    ['more than 100', Array.from({ length: 101 }, () => ({ data }))],
  ])('may not be %s', async (_name, attachments) => {
    expect((await refusalOf({ text: 'Hi', attachments })).fields).toEqual(['attachments']);
  });

  it.each<[field: string, attachment: unknown]>([
    ['', 'a.png'],
    ['', null],
    ['', data],
    ['', {}],
    ['', { name: 'a.png' }],
    ['', { data, path: '/tmp/a' }],
    ['', { url: 'https://example.org/a', load: '7' }],
    ['.data', { data: 'aGVsbG8=' }],
    ['.data', { data: [1, 2] }],
    ['.data', { data: new ArrayBuffer(2) }],
    ['.data', { data: Promise.resolve(data) }],
    ['.data', { data: Buffer.alloc(0) }],
    ['.data', { data: Buffer.alloc(MAX_BYTES + 1) }],
    ['.path', { path: '' }],
    ['.path', { path: ' ' }],
    ['.path', { path: '/tmp/a\0.png' }],
    ['.path', { path: 5 }],
    ['.path', { path: 'a'.repeat(4_097) }],
    ['.url', { url: 'ftp://example.org/a' }],
    ['.url', { url: 'file:///etc/passwd' }],
    ['.url', { url: 'data:text/plain,hello' }],
    ['.url', { url: '/a.png' }],
    ['.url', { url: 'https://user:secret@example.org/a' }],
    ['.url', { url: new URL('https://example.org/a') }],
    ['.url', { url: `https://example.org/${'a'.repeat(8_200)}` }],
    ['.load', { load: 7 }],
    ['.load', { load: '' }],
    ['.name', { data, name: 5 }],
    ['.contentType', { data, contentType: 'png' }],
    ['.contentType', { data, contentType: 'image/png\r\nX-Header: 1' }],
    ['.as', { data, as: 'sticker' }],
  ])(
    'have their wrong field named, as in attachments[1]%s, when one is %o',
    async (field, wrong) => {
      const error = await refusalOf({ text: 'Hi', attachments: [{ data }, wrong] });
      expect(error.fields).toEqual([`attachments[1]${field}`]);
      expect(error.message).toContain(`attachments[1]${field} must `);
      expect(error.message).not.toMatch(/secret|hello|passwd/);
    },
  );

  it('have all wrong fields named at once, also in a sparse array', async () => {
    const attachments: unknown[] = [{ url: 5, as: 'gif' }];
    attachments[2] = { data };
    const { fields } = await refusalOf({ attachments, text: 5 });
    expect(fields.toSorted()).toEqual([
      'attachments[0].as',
      'attachments[0].url',
      'attachments[1]',
      'text',
    ]);
  });

  it.each<[name: string, argument: object]>([
    ['no text and no attachments', {}],
    ['an empty text and an empty list', { text: '', attachments: [] }],
    ['null for both', { text: null, attachments: null }],
    ['a blank text and a list that is null', { text: ' \n', attachments: null }],
    ['a text that is no string beside a file', { text: 5, attachments: [{ data }] }],
  ])('do not make up for %s', async (_name, argument) => {
    expect((await refusalOf(argument)).fields).toEqual(['text']);
  });

  it('say what an empty and a too large file need', async () => {
    const empty = await refusalOf({ attachments: [{ data: new Uint8Array() }] });
    expect(empty.message).toContain(
      'attachments[0].data must not be empty: Telegram takes no file of 0 bytes',
    );
    const large = await refusalOf({ attachments: [{ data: Buffer.alloc(MAX_BYTES + 1) }] });
    expect(large.message).toContain(
      'attachments[0].data must have at most 1000 bytes, got 1001: pass a larger file by path, url or load, or raise files.maxBytes',
    );
  });

  it.each<[name: string, argument: object]>([
    ['with a text', { text: 'Hi', attachments: [{ data }] }],
    ['without a text', { attachments: [{ data: new Uint8Array([1]) }] }],
    ['with a blank text', { text: '', attachments: [{ data: Buffer.alloc(MAX_BYTES) }] }],
    ['with fields that are null', { attachments: [{ data, path: null, name: null, as: null }] }],
    ['with bytes of another realm', { attachments: [{ data: bytesOfAnotherRealm() }] }],
    [
      'of every source',
      { attachments: [{ path: 'a.png' }, { load: '7' }, { url: 'http://x.org' }] },
    ],
    [
      'with parameters in the type',
      { attachments: [{ data, contentType: 'text/plain; charset=x' }] },
    ],
    ['of the largest number', { attachments: Array.from({ length: 100 }, () => ({ data })) }],
  ])('are accepted %s', async (_name, argument) => {
    expect(await notify(argument)).toMatchObject({ accepted: true });
  });
});

function bytesOfAnotherRealm(): unknown {
  return runInContext('new Uint8Array([1, 2])', createContext({}));
}

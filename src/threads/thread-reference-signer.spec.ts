import { describe, expect, it } from 'vitest';
import { Secret } from '../secrets/secret.js';
import { ThreadReferenceSigner } from './thread-reference-signer.js';

const signer = new ThreadReferenceSigner(new Secret('key'));

function entity(url: string) {
  return { type: 'text_link' as const, offset: 0, length: 1, url };
}

describe('ThreadReferenceSigner', () => {
  it.each(['1', '3f2b8c1e-0d4a-4f57-9a3e-2b1c0d9e8f7a', 'thread/ü:{}👍', 'x'.repeat(256)])(
    'finds the thread %s that it has signed',
    (threadId) => {
      expect(signer.find([entity(signer.link(threadId))])).toBe(threadId);
    },
  );

  it('takes at most 100 bytes for ids of up to 48 bytes', () => {
    expect(signer.link('3f2b8c1e-0d4a-4f57-9a3e-2b1c0d9e8f7a')).toHaveLength(84);
    expect(signer.link('x'.repeat(48)).length).toBeLessThanOrEqual(100);
  });

  it('is a link whose data Telegram keeps: letters, digits, _ and - in the query', () => {
    expect(signer.link('thread/ü?&=#')).toMatch(/^tg:\/\/thread\?r=[\w-]+$/);
  });

  it('finds it among other entities', () => {
    const bold = { type: 'bold' as const, offset: 0, length: 1 };
    const other = entity('https://example.com/');
    expect(signer.find([bold, other, entity(signer.link('one'))])).toBe('one');
  });

  it('rejects a reference in which any character was changed', () => {
    const link = signer.link('thread-1');
    const start = link.indexOf('=') + 1;
    for (let i = start; i < link.length - 1; i += 1) {
      const changed = link[i] === 'A' ? 'B' : 'A';
      expect(signer.find([entity(link.slice(0, i) + changed + link.slice(i + 1))])).toBeNull();
    }
  });

  it.each([
    ['shortened', signer.link('thread-1').slice(0, -4)],
    ['lengthened', `${signer.link('thread-1')}AAAA`],
    ['empty', 'tg://thread?r='],
    ['without an id', new ThreadReferenceSigner(new Secret('key')).link('')],
    ['signed by another bot', new ThreadReferenceSigner(new Secret('other')).link('thread-1')],
    ['of another scheme', signer.link('thread-1').replace('tg://', 'https://')],
  ])('rejects a reference that is %s', (_name, link) => {
    expect(signer.find([entity(link)])).toBeNull();
  });
});

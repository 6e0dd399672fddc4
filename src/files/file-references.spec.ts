import { beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../secrets/secret.js';
import { VirtualClock } from '../testing/index.js';
import { FileReferences, type FileReference } from './file-references.js';

const NOW = 1_750_000_000_000;

const FILE: FileReference = {
  desk: 'default',
  threadId: 'thread/ü:{}👍',
  fileId: 'BQACAgIAAx0CZ-_a',
  name: 'Rechnung "März".pdf',
  contentType: 'application/pdf',
  size: 12_345,
  expiresAt: new Date(NOW + 1_000),
};

describe('FileReferences', () => {
  let clock: VirtualClock;
  let references: FileReferences;

  beforeEach(() => {
    clock = new VirtualClock(NOW);
    references = new FileReferences(new Secret('key'), clock);
  });

  it.each<[string, FileReference]>([
    ['all fields', FILE],
    [
      'what is needed only',
      { desk: 'b', threadId: '1', fileId: 'x', expiresAt: new Date(NOW + 5) },
    ],
  ])('reads what it has signed: %s', (_name, file) => {
    const text = references.sign(file);
    expect(text).toMatch(/^[\w-]+$/);
    expect(references.read(text)).toEqual(file);
  });

  it('reads nothing once the reference has expired', () => {
    const text = references.sign(FILE);
    clock.advance(999);
    expect(references.read(text)).toEqual(FILE);
    clock.advance(1);
    expect(references.read(text)).toBeNull();
  });

  it('reads nothing of which any character was changed, cut or added', () => {
    const text = references.sign(FILE);
    for (let i = 0; i < text.length; i += 1) {
      const changed = text[i] === 'A' ? 'B' : 'A';
      expect(references.read(text.slice(0, i) + changed + text.slice(i + 1))).toBeNull();
      expect(references.read(text.slice(0, i))).toBeNull();
      expect(references.read(`${text.slice(0, i)}=${text.slice(i)}`)).toBeNull();
    }
    expect(references.read(`${text}A`)).toBeNull();
  });

  it.each(['', 'x', '👍'.repeat(40), '\u0000', 'A'.repeat(10_000), '../../etc/passwd'])(
    'reads nothing of %j',
    (text) => {
      expect(references.read(text)).toBeNull();
    },
  );

  it('reads nothing of another key', () => {
    const foreign = new FileReferences(new Secret('other'), clock);
    expect(references.read(foreign.sign(FILE))).toBeNull();
  });

  it.each(['null', '5', '{}', '[]', '[1,2,3,4]', '["a","b","c","d",1,1,"x"]', '[', ''])(
    'reads nothing of a signed %j, which this version does not know',
    (json) => {
      const key = new Secret('key');
      const body = Buffer.from(json).toString('base64url');
      expect(references.read(key.sign(body, 24).toString('base64url') + body)).toBeNull();
    },
  );
});

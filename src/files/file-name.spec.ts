import { describe, expect, it } from 'vitest';
import { cleanFileName, defaultFileName } from './file-name.js';

describe('The name of a file', () => {
  it.each([
    ['a.png', 'a.png'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\bob\\a.png', 'a.png'],
    ['folder/a.png/', 'a.png'],
    ['a.png\r\nX-A: b', 'a.pngX-A_ b'],
    ['a\r\nb\0\t.png', 'ab.png'],
    ['"a"; filename=".exe', '_a_; filename=_.exe'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['a\u2066b\u200b\u2060\ufeff\u00ad.png', 'ab.png'],
    ['a\u2028b\u2029.png', 'ab.png'],
    ['  a   b .png ', 'a b .png'],
    ['a.png. . ', 'a.png'],
    ['..', ''],
    ['/', ''],
    ['', ''],
    [' \u200b', ''],
    ['Größe 日本 عربى.pdf', 'Größe 日本 عربى.pdf'],
    ['👩‍👩‍👧 ❤️‍🔥 👍🏽.png', '👩‍👩‍👧 ❤️‍🔥 👍🏽.png'],
    ['a\u200db\u200d.png', 'ab.png'],
    ['a\ud800.png', 'a\ufffd.png'],
    ['e\u0301.png', '\u00e9.png'],
    ['.htaccess', '.htaccess'],
  ])('%j is shown as %j', (name, shown) => {
    expect(cleanFileName(name)).toBe(shown);
  });

  it('has 128 characters at most, and keeps its extension', () => {
    const long = cleanFileName(`${'a'.repeat(4_000)}.pdf`);
    expect(long).toBe(`${'a'.repeat(124)}.pdf`);
    expect(cleanFileName('x'.repeat(4_000))).toBe('x'.repeat(128));
    const emoji = cleanFileName(`${'👍'.repeat(2_000)}.jpeg`);
    expect(Array.from(emoji)).toHaveLength(128);
    expect(emoji.isWellFormed() && emoji.endsWith('👍.jpeg')).toBe(true);
    expect(cleanFileName(`${'a'.repeat(200)}.${'b'.repeat(200)}`)).toBe('a'.repeat(128));
  });

  it('says the type when the app gives none', () => {
    expect(defaultFileName('photo', 'jpg', 'image/jpeg')).toBe('photo.jpg');
    expect(defaultFileName('document', 'pdf', 'application/pdf')).toBe('file.pdf');
    expect(defaultFileName('voice', 'opus', 'audio/ogg')).toBe('voice.opus');
    expect(defaultFileName('document', undefined, 'text/csv')).toBe('file.csv');
    expect(defaultFileName('document', undefined, 'application/octet-stream')).toBe('file');
  });
});

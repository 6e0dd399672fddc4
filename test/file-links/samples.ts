const withHead = (head: string, encoding: BufferEncoding = 'hex') =>
  Buffer.concat([Buffer.from(head, encoding), Buffer.alloc(6_000)]);

/** The beginning of an MP4 of a brand. */
const mp4 = (brand: string) =>
  withHead(`0000001866747970${Buffer.from(brand).toString('hex')}00000000`);

/** Files by what they are. */
export const samples = {
  shown: {
    'image/jpeg': withHead('ffd8ffe000104a46494600010100000100010000'),
    'image/png': Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
    'image/gif': withHead('GIF89a', 'latin1'),
    'image/webp': withHead('RIFF\0\0\0\0WEBPVP8 ', 'latin1'),
    'video/mp4': mp4('isom'),
    'video/webm': withHead('1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104'),
    'audio/mpeg': withHead('fffb9064'),
    'audio/mp4': mp4('M4A '),
    'audio/ogg': withHead(
      'OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x13OpusHead',
      'latin1',
    ),
  },
  saved: {
    HTML: Buffer.from('<!doctype html><script>alert(1)</script>'),
    SVG: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    'SVG as XML': Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    PDF: withHead('%PDF-1.7\n', 'latin1'),
    'a program': withHead('MZ', 'latin1'),
    'an archive': withHead('504b0304'),
    'a TIFF': withHead('49492a00'),
    text: Buffer.from('just words'),
    'HTML behind a byte order mark': Buffer.from('\ufeff<html><script>alert(1)</script>'),
    'nearly a JPEG': withHead('ffd8'),
  },
} as const;

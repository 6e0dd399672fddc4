import { describe, expect, it } from 'vitest';
import { mediaTypeOf } from './media-type.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const PNG = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR' + '\0'.repeat(17);
const oggOf = (codec: string): string => 'OggS' + '\0'.repeat(24) + codec;

describe('mediaTypeOf', () => {
  it.each([
    ['a JPEG', '\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg', 'jpg'],
    ['a PNG', `${PNG}\0\0\0\x0aIDAT`, 'image/png', 'png'],
    ['a PNG whose picture only looks like an animation', `${PNG}IDATacTL`, 'image/png', 'png'],
    ['an animated PNG', `${PNG}\0\0\0\x08acTL\0\0IDAT`, 'image/apng', 'png'],
    ['a GIF of 1987', 'GIF87a\x01', 'image/gif', 'gif'],
    ['a GIF of 1989', 'GIF89a\x01', 'image/gif', 'gif'],
    ['a WebP', 'RIFF\x1a\0\0\0WEBPVP8L', 'image/webp', 'webp'],
    ['a WAV', 'RIFF\x1a\0\0\0WAVEfmt ', 'audio/wav', 'wav'],
    ['an MP4', '\0\0\0\x20ftypisom\0\0\x02\0', 'video/mp4', 'mp4'],
    ['an MP4 of another brand', '\0\0\0\x20ftypmp42', 'video/mp4', 'mp4'],
    ['an M4A', '\0\0\0\x20ftypM4A \0\0\0\0', 'audio/mp4', 'm4a'],
    ['an audio book', '\0\0\0\x20ftypM4B ', 'audio/mp4', 'm4a'],
    ['an M4V', '\0\0\0\x20ftypM4VH', 'video/x-m4v', 'm4v'],
    ['a QuickTime film', '\0\0\0\x14ftypqt  ', 'video/quicktime', 'mov'],
    ['a 3GP', '\0\0\0\x14ftyp3gp4', 'video/3gpp', '3gp'],
    ['an AVIF', '\0\0\0\x14ftypavif', 'image/avif', 'avif'],
    ['a HEIC', '\0\0\0\x14ftypheic', 'image/heic', 'heic'],
    ['an Opus voice', oggOf('OpusHead\x01'), 'audio/ogg; codecs=opus', 'opus'],
    ['a Vorbis sound', oggOf('\x01vorbis\0'), 'audio/ogg', 'ogg'],
    ['a Theora film', oggOf('\x80theora'), 'application/ogg', 'ogx'],
    ['a WebM', '\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm', 'video/webm', 'webm'],
    ['a Matroska film', '\x1a\x45\xdf\xa3\xa3\x42\x82\x88matroska', 'video/x-matroska', 'mkv'],
    ['an MP3 with a tag', 'ID3\x04\0\0', 'audio/mpeg', 'mp3'],
    ['an MP3 without a tag', '\xff\xfb\x90\x64', 'audio/mpeg', 'mp3'],
    ['an MP3 of MPEG 2', '\xff\xf3\x84\xc4', 'audio/mpeg', 'mp3'],
    ['a FLAC', 'fLaC\0\0\0\x22', 'audio/flac', 'flac'],
    ['a PDF', '%PDF-1.7', 'application/pdf', 'pdf'],
  ])('knows %s by its first bytes', (_name, head, type, extension) => {
    expect(mediaTypeOf(bytes(head))).toEqual({ type, extension });
  });

  it.each([
    ['nothing', ''],
    ['a text', 'Hello'],
    ['HTML', '<!DOCTYPE html><script>alert(1)</script>'],
    ['SVG', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['HTML that has a picture behind it', '<html>\xff\xd8\xff'],
    ['a ZIP', 'PK\x03\x04'],
    ['a RIFF of another kind', 'RIFF\x1a\0\0\0AVI '],
    ['the first byte of a PNG', '\x89'],
    ['a UTF-16 text', '\xff\xfeH\0i\0'],
    ['AAC in ADTS', '\xff\xf1\x50\x80'],
    ['an MP3 frame of a reserved version', '\xff\xea\x90\x64'],
    ['an MP3 frame of no bit rate', '\xff\xfb\xf0\x64'],
    ['an MP3 frame of no sample rate', '\xff\xfb\x9c\x64'],
  ])('does not know %s', (_name, head) => {
    expect(mediaTypeOf(bytes(head))).toBeUndefined();
  });
});

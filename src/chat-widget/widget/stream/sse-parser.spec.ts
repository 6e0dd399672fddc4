import { describe, expect, it } from 'vitest';
import { SseParser } from './sse-parser.js';

const TEXT =
  ': hello\n\nretry: 3000\n\nevent: message\nid: 7\ndata: {"a":\ndata: 1}\n\nevent: ready\nid: 8\ndata: {}\n\n';

describe('SseParser', () => {
  it.each([['\n'], ['\r\n']])('reads events with the line end %j however they are cut', (end) => {
    const bytes = TEXT.replaceAll('\n', end);
    for (let size = 1; size <= bytes.length; size++) {
      const parser = new SseParser();
      const events = [];
      for (let at = 0; at < bytes.length; at += size)
        events.push(...parser.push(bytes.slice(at, at + size)));
      expect(events).toEqual([
        { type: 'message', id: '7', data: '{"a":\n1}' },
        { type: 'ready', id: '8', data: '{}' },
      ]);
    }
  });

  it('keeps the id for events that have none', () => {
    const events = new SseParser().push('id: 3\ndata: a\n\ndata:b\n\n');
    expect(events).toEqual([
      { type: 'message', id: '3', data: 'a' },
      { type: 'message', id: '3', data: 'b' },
    ]);
  });

  it('waits for the end of an event', () => {
    expect(new SseParser().push('data: a\n')).toEqual([]);
  });
});

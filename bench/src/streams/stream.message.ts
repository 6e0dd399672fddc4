import type { NewTranscriptMessage } from '../../../dist/chat-widget/transcripts/transcript.interface.js';

/** A short reply whose text is when it was sent, in ns by the clock that all processes of a machine share. */
export function messageOf(number: number): NewTranscriptMessage {
  return {
    id: `a:-1001:${number}`,
    author: { kind: 'agent', name: 'Ada' },
    text: String(process.hrtime.bigint()),
    sentAt: new Date(),
  };
}

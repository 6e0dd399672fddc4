import { inject, vi } from 'vitest';
import { createSampleFile } from '../../packages/telegram-bot-api-emulator/src/files/sample-file.js';
import type { OutgoingAttachment } from '../../src/index.js';
import type { AttachmentKind } from '../../src/files/attachment-kind.js';
import type { Message } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { shownText } from '../support/shown-text.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';

/** Where a test keeps what waits. */
export const PLACES = ['memory', 'Redis'] as const;
export type Place = (typeof PLACES)[number];

/** How long a state may take on a loaded machine. */
export const SLOW = { timeout: 20_000 };

const NAMES: Readonly<Record<AttachmentKind, string>> = {
  photo: 'photo.jpg',
  video: 'video.mp4',
  audio: 'song.mp3',
  voice: 'voice.ogg',
  document: 'invoice.pdf',
};

/** What a desk has posted, as far as tests look at it. */
export interface Posted {
  readonly kind: AttachmentKind | 'text';
  /** The text or the caption, without the hidden reference. */
  readonly text: string;
}

/** A file that begins as real ones of its kind do. */
export function sampleOf(kind: AttachmentKind, name = NAMES[kind]): OutgoingAttachment {
  const data =
    kind === 'document'
      ? Buffer.from('%PDF-1.7\n% an invoice')
      : Buffer.from(createSampleFile(kind, { width: 64, height: 48 }));
  return { data, name };
}

/** Several files, by their kinds. */
export function samplesOf(...kinds: AttachmentKind[]): OutgoingAttachment[] {
  return kinds.map((kind) => sampleOf(kind));
}

/** A desk that posts files at once, whose rate limit holds nothing back. */
export function startMediaDesk(place: Place, wanted: TestDeskOptions = {}): Promise<TestDesk> {
  return TestDesk.start({
    webhook: false,
    ...wanted,
    emulator: { limits: { group: false, overall: false }, bots: [ownBot()], ...wanted.emulator },
    options: {
      rateLimit: { messages: 100, windowMs: 1_000 },
      ...(place === 'Redis' && { redis: inject('redisUrl') }),
      ...wanted.options,
    },
  });
}

/** The messages of the bot, without service messages. */
export function messagesOf({ chat, emulator }: TestDesk): Message[] {
  return chat.messages.filter(
    (message) => message.from?.id === emulator.bot.id && kindOf(message) !== undefined,
  );
}

/** What the bot has posted, the oldest first. */
export function postedOf(desk: TestDesk): Posted[] {
  return messagesOf(desk).map((message) => ({
    kind: kindOf(message) ?? 'text',
    text: shownText({ text: message.text ?? message.caption }),
  }));
}

/** Resolves with what the bot has posted once that are so many messages. */
export async function waitForPosted(desk: TestDesk, count: number): Promise<Posted[]> {
  await vi.waitUntil(() => postedOf(desk).length >= count, SLOW);
  return postedOf(desk);
}

function kindOf(message: Message): Posted['kind'] | undefined {
  const kinds = ['photo', 'video', 'audio', 'voice', 'document', 'text'] as const;
  return kinds.find((kind) => message[kind] !== undefined);
}

import { createHash } from 'node:crypto';

/** The six that Telegram has; they can only be chosen when a topic is created (Bot API, createForumTopic). */
const COLORS = [7_322_096, 16_766_590, 13_338_331, 9_367_192, 16_749_490, 16_478_047] as const;

/** The colour of a thread's topic: the same each time, so that one that is created again looks alike. */
export function colorOf(threadId: string): (typeof COLORS)[number] {
  const [byte = 0] = createHash('sha256').update(threadId).digest();
  return COLORS[byte % COLORS.length] ?? COLORS[0];
}

import { vi } from 'vitest';
import { ThreadMappingRepository } from '../../src/index.js';
import type { Message } from '../../src/testing/index.js';
import { PostedMessages } from '../../src/threads/posted-messages.js';
import type { TestDesk } from './test-desk.js';

/**
 * Waits until the desk has stored which thread and which message a notice shows. It does so after the notice is posted,
 * and finds the thread of a reaction by that alone.
 */
export async function waitUntilKnown(
  { app }: Pick<TestDesk, 'app'>,
  { chat, message_id: messageId }: Message,
): Promise<void> {
  const notice = { chatId: chat.id, messageId };
  const threads = app.get(ThreadMappingRepository, { strict: false });
  const messages = app.get(PostedMessages, { strict: false });
  await vi.waitUntil(
    async () => {
      const found = [await threads.find(notice), await messages.find(notice)];
      return !found.includes(null);
    },
    { timeout: 20_000 },
  );
}

import type { MessageRef } from '../../threads/message-ref.interface.js';
import type { TranscriptMessage } from '../transcripts/transcript.interface.js';

const OF_AGENT = /^a:(-?\d+):(\d+)$/;
const OF_FILE = /^(-?\d+):(\d+)/;

/** The id of a customer's message, also for the desk. */
export function customerMessageId(clientId: string): string {
  return `c:${clientId}`;
}

/** The id of an agent's message. All files of an album are one message. */
export function agentMessageId({ chatId, messageId }: MessageRef, albumId?: string): string {
  return albumId === undefined ? `a:${chatId}:${messageId}` : `a:${chatId}:g${albumId}`;
}

/** What the ids of the files of an agent's message begin with. */
export function agentFileId({ chatId, messageId }: MessageRef): string {
  return `${chatId}:${messageId}`;
}

/** An agent's message in Telegram; of an album its first file. Undefined for all other messages. */
export function agentMessageRef({
  id,
  author,
  attachments,
}: TranscriptMessage): MessageRef | undefined {
  if (author.kind !== 'agent') return undefined;
  const [, chatId, messageId] = OF_AGENT.exec(id) ?? OF_FILE.exec(attachments?.[0]?.id ?? '') ?? [];
  return chatId && messageId ? { chatId: Number(chatId), messageId: Number(messageId) } : undefined;
}

/**
 * A live chat for apps that have none.
 *
 * @module nestjs-telegram-support/chat
 */

// The module
export { SupportChatModule } from './support-chat.module.js';
export { SupportChat, type CustomerTokenOptions } from './support-chat.js';
export { SupportChatOptions } from './config/support-chat.options.js';
export { UploadOptions } from './config/upload.options.js';
export type { SupportChatExtras } from './config/support-chat-extras.interface.js';
export type { SupportChatAsyncOptions } from './config/support-chat-async-options.interface.js';
export type { Availability } from './api/availability.interface.js';
export type {
  ChatCustomer,
  ChatRequest,
  CustomerLookup,
  CustomerResolver,
} from './identity/chat-customer.interface.js';

// What clients get
export type { AttachmentView, MessageView, ThreadView } from './api/views.interface.js';
export type { ChatErrorBody, ChatErrorCode } from './chat-http.error.js';

// Transcripts
export { TranscriptStore } from './transcripts/transcript-store.js';
export type {
  AppendedMessage,
  NewTranscriptMessage,
  NewTranscriptThread,
  TranscriptAttachment,
  TranscriptAuthor,
  TranscriptEvent,
  TranscriptFileSource,
  TranscriptMessage,
  TranscriptMessageChange,
  TranscriptRating,
  TranscriptReactions,
  TranscriptReplyTarget,
  TranscriptSelection,
  TranscriptThread,
  TranscriptThreadChange,
} from './transcripts/transcript.interface.js';

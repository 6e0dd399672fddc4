/**
 * The chat in customers' pages, for bundlers.
 *
 * @module nestjs-telegram-support/widget
 */

export type { ErrorCode } from './api/chat-error.js';
export type { AttachmentView, MessageView } from '../api/views.interface.js';
export { defineSupportChat } from './define-support-chat.js';
export { SupportChatElement } from './support-chat.element.js';
export type { SupportChatEvents } from './support-chat-events.js';

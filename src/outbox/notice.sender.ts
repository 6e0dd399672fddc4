import { Logger } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import type { AdminChatMessage, AdminChatSender } from '../desk/admin-chat.sender.js';
import { BotApiError } from '../errors/index.js';
import type { ThreadReferenceSigner } from '../threads/thread-reference.signer.js';
import { html, joinHtml, type Html } from './html.js';

/** A character without width that Telegram keeps when it cleans a text (tdlib/td, MessageEntity.cpp:4270). */
const CARRIER = '\u200b';

/** What to post in the admin chat. */
export interface OutgoingNotice {
  readonly content: Html;
  readonly threadId: string | undefined;
  readonly replyToMessageId: number | undefined;
}

/** Posts notices in the admin chat, each with the hidden reference to its thread. */
export class NoticeSender {
  readonly #logger = new Logger(NoticeSender.name);
  readonly #adminChat: AdminChatSender;
  readonly #signer: ThreadReferenceSigner;

  constructor(adminChat: AdminChatSender, signer: ThreadReferenceSigner) {
    this.#adminChat = adminChat;
    this.#signer = signer;
  }

  /** @throws {@link BotApiError} When Telegram did not take it, neither with markup nor without. */
  async send(notice: OutgoingNotice): Promise<Message> {
    try {
      return await this.#adminChat.send(this.#withMarkup(notice));
    } catch (error) {
      if (!(error instanceof BotApiError) || !/can't parse entities/.test(error.description)) {
        throw error;
      }
      this.#logger.error(
        `Telegram cannot read a template's markup, the notice goes out as plain text: ${error.description}`,
      );
      return this.#adminChat.send(this.#withoutMarkup(notice));
    }
  }

  #withMarkup({ content, threadId, replyToMessageId }: OutgoingNotice): AdminChatMessage {
    const reference = threadId && html`<a href="${this.#signer.link(threadId)}">${CARRIER}</a>`;
    const text = reference ? joinHtml([reference, content]) : content;
    return { text: text.toString(), parse_mode: 'HTML', ...common(replyToMessageId) };
  }

  #withoutMarkup({ content, threadId, replyToMessageId }: OutgoingNotice): AdminChatMessage {
    if (!threadId) return { text: content.toPlainText(), ...common(replyToMessageId) };
    const url = this.#signer.link(threadId);
    return {
      text: CARRIER + content.toPlainText(),
      entities: [{ type: 'text_link', offset: 0, length: CARRIER.length, url }],
      ...common(replyToMessageId),
    };
  }
}

/** No link preview: it would push the next notice off the screen. */
function common(replyToMessageId: number | undefined) {
  return {
    link_preview_options: { is_disabled: true },
    reply_parameters: replyToMessageId
      ? { message_id: replyToMessageId, allow_sending_without_reply: true }
      : undefined,
  };
}

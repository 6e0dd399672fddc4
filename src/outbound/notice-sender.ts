import type { Message } from '@grammyjs/types';
import type { AdminChatMessage, AdminChatSender } from '../chat/admin-chat-sender.js';
import { BotApiError, type ErrorDescriber } from '../errors/index.js';
import { SafeLogger } from '../common/safe-logger.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { ThreadReferenceSigner } from '../threads/thread-reference-signer.js';
import { html, joinHtml, type Html } from '../notices/html.js';

/** A character without width that Telegram keeps when it cleans a text (tdlib/td, MessageEntity.cpp:4270). */
const CARRIER = '\u200b';

/** A preview would push the next notice off the screen. */
const WITHOUT_PREVIEW = { link_preview_options: { is_disabled: true } };

/** What to post in the admin chat. */
export interface OutgoingNotice {
  readonly content: Html;
  readonly threadId: string | undefined;
  /** The message that it replies to, if that is still there. */
  readonly chainTo: MessageRef | undefined;
}

/** Posts notices in the admin chat, each with the hidden reference to its thread. */
export class NoticeSender {
  readonly #logger: SafeLogger;
  readonly #adminChat: AdminChatSender;
  readonly #signer: ThreadReferenceSigner;

  constructor(adminChat: AdminChatSender, signer: ThreadReferenceSigner, errors?: ErrorDescriber) {
    this.#logger = new SafeLogger(NoticeSender.name, errors);
    this.#adminChat = adminChat;
    this.#signer = signer;
  }

  /** @throws {@link BotApiError} When Telegram did not take it, neither with markup nor without. */
  async send(notice: OutgoingNotice): Promise<Message> {
    try {
      return await this.#adminChat.send(this.#withMarkup(notice), notice.chainTo);
    } catch (error) {
      if (!(error instanceof BotApiError) || !/can't parse entities/i.test(error.description)) {
        throw error;
      }
      this.#logger.error(
        `Telegram cannot read a template's markup, the notice goes out as plain text: ${this.#logger.describe(error.description)}`,
      );
      return this.#adminChat.send(this.#withoutMarkup(notice), notice.chainTo);
    }
  }

  #withMarkup({ content, threadId }: OutgoingNotice): AdminChatMessage {
    const reference = threadId && html`<a href="${this.#signer.link(threadId)}">${CARRIER}</a>`;
    const text = reference ? joinHtml([reference, content]) : content;
    return { text: text.toString(), parse_mode: 'HTML', ...WITHOUT_PREVIEW };
  }

  #withoutMarkup({ content, threadId }: OutgoingNotice): AdminChatMessage {
    if (!threadId) return { text: content.toPlainText(), ...WITHOUT_PREVIEW };
    const url = this.#signer.link(threadId);
    return {
      text: CARRIER + content.toPlainText(),
      entities: [{ type: 'text_link', offset: 0, length: CARRIER.length, url }],
      ...WITHOUT_PREVIEW,
    };
  }
}

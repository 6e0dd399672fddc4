import { Injectable } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import { AdminChat } from '../../chat/admin-chat.js';
import { SafeLogger } from '../../common/safe-logger.js';
import type { IncomingUpdate, UpdateType } from '../../updates/incoming-update.interface.js';
import { AgentNotifier } from '../agent-notifier.js';
import { HANDLED, type AcceptedUpdate, type UpdateHandler } from '../update-handler.interface.js';

/** Says that a channel cannot be the admin chat, when somebody posts there or comments on a post of it. */
@Injectable()
export class ChannelMessageHandler implements UpdateHandler {
  readonly updateTypes = ['message', 'edited_message', 'channel_post'] as const;
  readonly #logger = new SafeLogger(ChannelMessageHandler.name);
  #isLogged = false;

  constructor(
    private readonly adminChat: AdminChat,
    private readonly notifier: AgentNotifier,
  ) {}

  async handle({ id, type, message, agent }: IncomingUpdate): Promise<AcceptedUpdate | null> {
    if (!message) return null;
    const isPost = this.#isPost(type, message);
    const isComment = agent !== null && this.#isComment(message);
    if (!isPost && !isComment) return null;
    this.#log(message.chat.id);
    // Telegram does not say who writes in a channel, so all of them get one hint.
    await this.notifier.hint({ id, message, agent: null }, 'not_a_reply', 'channel');
    return HANDLED;
  }

  #isPost(type: UpdateType, { chat }: Message): boolean {
    return type === 'channel_post' && this.adminChat.is(chat);
  }

  /** In the discussion group of a channel, to which Telegram forwards each post. */
  #isComment({ chat, reply_to_message: replied }: Message): boolean {
    const channel = replied?.is_automatic_forward ? replied.sender_chat : undefined;
    return channel !== undefined && !this.adminChat.is(chat) && this.adminChat.is(channel);
  }

  #log(chatId: number): void {
    if (this.#isLogged) return;
    this.#isLogged = true;
    this.#logger.error(
      `Agents write as a channel (seen in chat ${chatId}), and no customer gets it, because Telegram does not say who writes in a channel. Set adminChatId to a group`,
    );
  }
}

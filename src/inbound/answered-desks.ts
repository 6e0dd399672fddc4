import { Injectable } from '@nestjs/common';
import { AdminChat } from '../chat/admin-chat.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import type { Desk } from '../desk/desk.js';
import { DeskDirectory } from '../desk/desk-directory.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { AgentMessage } from './agent-message.js';

/** Finds the desk that something in the chat of this one is for: it may be about a notice of another one. */
@Injectable()
export class AnsweredDesks {
  constructor(
    private readonly desks: DeskDirectory,
    private readonly adminChat: AdminChat,
    private readonly settings: TelegramSettings,
  ) {}

  /** The desk whose notice a message answers, else the one in whose chat it stands. */
  async of({ answered }: AgentMessage): Promise<Desk> {
    const { chatId } = answered.kind === 'notice' ? answered.message : {};
    const isElsewhere = chatId !== undefined && !this.adminChat.isNamed(chatId);
    return (isElsewhere && (await this.desks.ofChat(chatId))) || this.#own();
  }

  /**
   * The desk that has taken a reply, else the one in whose chat it stands.
   *
   * @throws When the store does not answer within 2 seconds.
   */
  async ofReply(reply: MessageRef): Promise<Desk> {
    const own = await this.#own();
    const desks = await this.desks.all();
    if (desks.length === 1 || (await own.authors.find(reply))) return own;
    const authors = await Promise.all(desks.map((desk) => desk.authors.find(reply)));
    return desks.find((_, index) => authors[index] !== null) ?? own;
  }

  #own(): Promise<Desk> {
    return this.desks.get(this.settings.desk);
  }
}

import { Injectable } from '@nestjs/common';
import { AdminChat } from '../chat/admin-chat.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import type { Desk } from '../desk/desk.js';
import { DeskDirectory } from '../desk/desk-directory.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import type { MessageText } from '../updates/message-text.js';
import type { AgentMessage } from './agent-message.js';

/** Finds the desk that something in the chat of this one is for: it may be about a notice of another one. */
@Injectable()
export class AnsweredDesks {
  constructor(
    private readonly desks: DeskDirectory,
    private readonly adminChat: AdminChat,
    private readonly settings: TelegramSettings,
    private readonly threads: ThreadStateRepository,
  ) {}

  /** The desk whose notice a message answers, else the one in whose chat it stands. */
  async of({ answered }: AgentMessage): Promise<Desk> {
    const { chatId } = answered.kind === 'notice' ? answered.message : {};
    const isElsewhere = chatId !== undefined && !this.adminChat.isNamed(chatId);
    return (isElsewhere && (await this.desks.ofChat(chatId))) || this.own();
  }

  /**
   * The desk that has taken a reply, else the one in whose chat it stands.
   *
   * @throws When the store does not answer within 2 seconds.
   */
  async ofReply(reply: MessageRef): Promise<Desk> {
    const own = await this.own();
    const desks = await this.desks.all();
    if (desks.length === 1 || (await own.authors.find(reply))) return own;
    const authors = await Promise.all(desks.map((desk) => desk.authors.find(reply)));
    return desks.find((_, index) => authors[index] !== null) ?? own;
  }

  /**
   * The desk that has a thread by now: it may have moved since its notices were posted, and its replies have one order.
   *
   * @param known The desk where the agent has acted, for a thread of which nothing is known.
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  async ofThread(threadId: string, known: Desk): Promise<Desk> {
    if ((await this.desks.all()).length === 1) return known;
    const record = await this.threads.find(threadId);
    return record ? this.desks.get(record.desk) : known;
  }

  /**
   * The desk that has taken a message, which is edited now; else the one that {@link of} finds.
   *
   * @throws When the store does not answer within 2 seconds.
   */
  async ofEdited(update: AgentMessage, content: MessageText | null): Promise<Desk> {
    const desk = await this.of(update);
    const others = (await this.desks.all()).filter((one) => one !== desk);
    for (const one of others.length > 0 ? [desk, ...others] : []) {
      if ((await one.fingerprints.compare(update.message, content)) !== 'unknown') return one;
    }
    return desk;
  }

  /** The desk in whose chat it stands. */
  own(): Promise<Desk> {
    return this.desks.get(this.settings.desk);
  }
}

import type { Message, Update } from '@grammyjs/types';
import type { AdminChat } from '../desk/admin-chat.js';
import { ThreadMappingError } from '../errors/index.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { ThreadMappingRepository } from '../threads/thread-mapping.repository.js';
import type { ThreadReferenceSigner } from '../threads/thread-reference.signer.js';
import { agentOf } from './agent.js';
import { isShallow, messageOf } from './update.guard.js';

/**
 * Where an update belongs.
 *
 * - `ignore`: it is nothing to the desk.
 * - `reply`: an agent answered in a thread.
 * - `unroutable`: an agent answered a message of the bot that belongs to no thread.
 * - `refused`: somebody answered who is not one of the registered agents.
 * - `moved`: the admin chat has become a supergroup.
 */
export type Route =
  | { readonly kind: 'ignore' }
  | { readonly kind: 'reply'; readonly threadId: string; readonly message: Message }
  | { readonly kind: 'unroutable'; readonly about: MessageRef }
  | { readonly kind: 'refused'; readonly about: MessageRef; readonly agentId: number }
  | { readonly kind: 'moved'; readonly chatId: number };

/** What {@link UpdateRouter} works with. */
export interface UpdateRouterParts {
  readonly botId: number;
  readonly adminChat: AdminChat;
  /** Telegram user ids; null lets everyone in the admin chat answer. */
  readonly agents: ReadonlySet<number> | null;
  readonly mappings: ThreadMappingRepository;
  readonly signer: ThreadReferenceSigner;
}

const IGNORE: Route = { kind: 'ignore' };

/** Decides what an update is to the desk. */
export class UpdateRouter {
  readonly #parts: UpdateRouterParts;

  constructor(parts: UpdateRouterParts) {
    this.#parts = parts;
  }

  /** @throws {@link ThreadMappingError} When the thread cannot be told without the store that is away. */
  async route(update: Update): Promise<Route> {
    const message = messageOf(update);
    if (!message) return IGNORE;
    const { adminChat } = this.#parts;
    if (!adminChat.is(message.chat)) return this.#routeFromElsewhere(message);
    const movedTo = message.migrate_to_chat_id;
    if (movedTo) return adminChat.mayMove ? { kind: 'moved', chatId: movedTo } : IGNORE;
    const notice = this.#repliedNotice(message);
    const agent = notice && agentOf(message);
    if (!agent || !isShallow(message)) return IGNORE;
    const about = { chatId: message.chat.id, messageId: message.message_id };
    const { agents } = this.#parts;
    if (agents && !agents.has(agent.id)) return { kind: 'refused', about, agentId: agent.id };
    const threadId = await this.#threadOf(message.chat.id, notice);
    return threadId === null ? { kind: 'unroutable', about } : { kind: 'reply', threadId, message };
  }

  /** The supergroup tells of its past from its own, new id. */
  #routeFromElsewhere(message: Message): Route {
    const { migrate_from_chat_id: formerId, chat } = message;
    const { adminChat } = this.#parts;
    return adminChat.mayMove && formerId === adminChat.id
      ? { kind: 'moved', chatId: chat.id }
      : IGNORE;
  }

  /** The bot's message that this one answers, if it answers one. */
  #repliedNotice(message: Message): Message | null {
    const replied: Message | undefined = message.reply_to_message;
    if (!replied || replied.from?.id !== this.#parts.botId) return null;
    // A message id means nothing in another chat.
    if (replied.chat.id !== message.chat.id) return null;
    // Every message in a topic names the topic's first message so, whether it is a reply or not.
    const isTopicRoot =
      message.is_topic_message && replied.message_id === message.message_thread_id;
    return isTopicRoot ? null : replied;
  }

  /** By its mapping; the reference takes its place only without one, since checking it costs a signature. */
  async #threadOf(chatId: number, notice: Message): Promise<string | null> {
    const { mappings, signer } = this.#parts;
    const referred = (): string | null =>
      signer.find(notice.entities ?? notice.caption_entities ?? []);
    try {
      return (await mappings.find({ chatId, messageId: notice.message_id })) ?? referred();
    } catch (error) {
      const threadId = error instanceof ThreadMappingError ? referred() : null;
      if (threadId !== null) return threadId;
      throw error;
    }
  }
}

import type { Message, Update } from '@grammyjs/types';
import type { AdminChat } from '../chat/admin-chat.js';
import { ThreadMappingError } from '../errors/index.js';
import type { NotAReplyReason } from '../notices/notice-templates.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { ThreadMappingRepository } from '../threads/thread-mapping.repository.js';
import type { ThreadReferenceSigner } from '../threads/thread-reference-signer.js';
import { agentOf, type Agent } from '../updates/agent.js';
import { answeredMessage, type AnsweredMessage } from '../updates/answered-message.js';
import { botCommandOf } from '../updates/bot-command.js';
import { messageText } from '../updates/message-text.js';
import type { ReplyFingerprints } from './reply-fingerprints.js';
import { isServiceMessage } from '../updates/service-message.js';
import type { UnaddressedMessages } from './unaddressed-messages.js';
import { isShallow, saidIn } from '../updates/update-validator.js';

/** Words that an agent gets, once an hour at most. */
export interface AgentHint {
  readonly kind: 'words';
  readonly words: 'notAReply' | 'replyEdited' | 'replyUnsupported' | 'replyUnroutable';
  readonly reason?: NotAReplyReason;
  readonly about: MessageRef;
  /** Who gets them; of a channel nobody knows who wrote. */
  readonly agentId: number;
}

/**
 * Where an update belongs.
 *
 * - `ignore`: it is nothing to the desk.
 * - `reply`: an agent answered in a thread.
 * - `unroutable`: an agent answered a message of the bot that belongs to no thread.
 * - `refused`: somebody answered who is not one of the registered agents.
 * - `edited`: an agent has changed a reply, which is told in words.
 * - `words`: an agent did what looks like an answer and is none.
 * - `moved`: the admin chat has become a supergroup.
 */
export type Route =
  | { readonly kind: 'ignore' }
  | { readonly kind: 'reply'; readonly threadId: string; readonly message: Message }
  | { readonly kind: 'unroutable'; readonly about: MessageRef }
  | { readonly kind: 'refused'; readonly about: MessageRef; readonly agentId: number }
  | { readonly kind: 'edited'; readonly message: Message; readonly agentId: number }
  | AgentHint
  | { readonly kind: 'moved'; readonly chatId: number };

/** What {@link UpdateRouter} works with. */
export interface UpdateRouterParts {
  readonly botId: number;
  readonly adminChat: AdminChat;
  /** Telegram user ids; null lets everyone in the admin chat answer. */
  readonly agents: ReadonlySet<number> | null;
  readonly mappings: ThreadMappingRepository;
  readonly signer: ThreadReferenceSigner;
  readonly fingerprints: ReplyFingerprints;
  readonly unaddressed: UnaddressedMessages;
}

const IGNORE: Route = { kind: 'ignore' };

/** Decides what an update is to the desk. */
export class UpdateRouter {
  readonly #parts: UpdateRouterParts;
  /** The bot's own name, learnt from its messages that are answered. */
  #botName: string | undefined;

  constructor(parts: UpdateRouterParts) {
    this.#parts = parts;
  }

  /** @throws {@link ThreadMappingError} When the thread cannot be told without the store that is away. */
  route(update: Update): Promise<Route> {
    const said = saidIn(update);
    return said ? this.#route(said.kind, said.message) : Promise.resolve(IGNORE);
  }

  async #route(kind: string, message: Message): Promise<Route> {
    const { adminChat, botId } = this.#parts;
    if (!adminChat.is(message.chat)) return this.#routeFromElsewhere(message);
    if (kind === 'channel_post') return channelWords(message);
    const movedTo = message.migrate_to_chat_id;
    if (movedTo) return adminChat.mayMove ? { kind: 'moved', chatId: movedTo } : IGNORE;
    const agent = agentOf(message);
    if (!agent || isServiceMessage(message) || !isShallow(message)) return IGNORE;
    const answered = answeredMessage(message, botId);
    if (kind === 'edited_message') return this.#routeEdit(message, agent, answered);
    return kind === 'message' ? this.#routeMessage(message, agent, answered) : IGNORE;
  }

  /** The supergroup tells of its past from its own, new id; a discussion group has the comments of its channel. */
  #routeFromElsewhere(message: Message): Route {
    const { migrate_from_chat_id: formerId, chat, reply_to_message: replied } = message;
    const { adminChat } = this.#parts;
    if (adminChat.mayMove && formerId === adminChat.id) return { kind: 'moved', chatId: chat.id };
    const channel = replied?.is_automatic_forward && replied.sender_chat;
    return channel && adminChat.is(channel) && agentOf(message) ? channelWords(message) : IGNORE;
  }

  #routeMessage(message: Message, agent: Agent, answered: AnsweredMessage): Promise<Route> | Route {
    if (answered.kind === 'others') return IGNORE;
    if (answered.kind === 'notice') return this.#routeReply(message, agent, answered);
    if (!this.#mayAnswer(agent)) {
      // In a group these are colleagues who talk; in a private chat nobody talks but to the desk.
      return message.chat.type === 'private' ? refusal(message, agent) : IGNORE;
    }
    if (answered.kind === 'elsewhere') return wordsAbout(message, agent, 'replyUnroutable');
    if (answered.kind === 'post') return wordsAbout(message, agent, 'notAReply', 'comment');
    if (messageText(message) === null) return IGNORE;
    const command = botCommandOf(message);
    if (command?.botName && command.botName.toLowerCase() !== this.#botName) return IGNORE;
    if (command) return wordsAbout(message, agent, 'notAReply', 'command');
    if (message.chat.type !== 'private') return wordsAbout(message, agent, 'notAReply', 'plain');
    return this.#routePrivate(message, agent);
  }

  async #routeReply(
    message: Message,
    agent: Agent,
    notice: AnsweredMessage & { readonly kind: 'notice' },
  ): Promise<Route> {
    this.#botName = message.reply_to_message?.from?.username?.toLowerCase() ?? this.#botName;
    if (!this.#mayAnswer(agent)) return refusal(message, agent);
    const threadId = await this.#threadOf(message.chat.id, notice);
    if (threadId === null) {
      if (!notice.entities) return wordsAbout(message, agent, 'replyUnroutable');
      return { kind: 'unroutable', about: refOf(message) };
    }
    if (messageText(message) === null) return wordsAbout(message, agent, 'replyUnsupported');
    return { kind: 'reply', threadId, message };
  }

  async #routePrivate(message: Message, agent: Agent): Promise<Route> {
    const thread = await this.#parts.unaddressed.guessThread(message);
    return 'threadId' in thread
      ? { kind: 'reply', threadId: thread.threadId, message }
      : wordsAbout(message, agent, 'notAReply', thread.reason);
  }

  /** Only of what was a reply, and only when a reader sees that it has changed. */
  async #routeEdit(message: Message, agent: Agent, answered: AnsweredMessage): Promise<Route> {
    if (!this.#mayAnswer(agent) || message.location) return IGNORE;
    const change = await this.#parts.fingerprints.compare(message);
    if (change === 'same') return IGNORE;
    if (change === 'unknown') {
      if (answered.kind !== 'notice') return IGNORE;
      if ((await this.#threadOf(message.chat.id, answered)) === null) return IGNORE;
    }
    return { kind: 'edited', message, agentId: agent.id };
  }

  #mayAnswer({ id }: Agent): boolean {
    return this.#parts.agents?.has(id) ?? true;
  }

  /** By its mapping; the reference takes its place only without one, since checking it costs a signature. */
  async #threadOf(
    chatId: number,
    { messageId, entities }: AnsweredMessage & { readonly kind: 'notice' },
  ): Promise<string | null> {
    const { mappings, signer } = this.#parts;
    const referred = (): string | null => signer.find(entities ?? []);
    try {
      return (await mappings.find({ chatId, messageId })) ?? referred();
    } catch (error) {
      const threadId = error instanceof ThreadMappingError ? referred() : null;
      if (threadId !== null) return threadId;
      throw error;
    }
  }
}

function refOf({ chat, message_id: messageId }: Message): MessageRef {
  return { chatId: chat.id, messageId };
}

function refusal(message: Message, { id: agentId }: Agent): Route {
  return { kind: 'refused', about: refOf(message), agentId };
}

function wordsAbout(
  message: Message,
  { id: agentId }: Agent,
  words: AgentHint['words'],
  reason?: NotAReplyReason,
): Route {
  return { kind: 'words', words, about: refOf(message), agentId, ...(reason && { reason }) };
}

/** A channel that is the desk; the words are for whoever reads it, so that they come once an hour in all. */
function channelWords(message: Message): Route {
  const about = refOf(message);
  return { kind: 'words', words: 'notAReply', reason: 'channel', about, agentId: 0 };
}

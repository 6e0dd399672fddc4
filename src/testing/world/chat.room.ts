import type { Chat, Message, User } from '@grammyjs/types';
import type { ChatHistory } from './chat.history.js';

/**
 * What the bot is in a chat. A `restricted` one may read but not write. In private chats it is a
 * `member`, or `kicked`, which means that it is blocked.
 */
export type BotStatus = 'administrator' | 'member' | 'restricted' | 'left' | 'kicked';

/** What a person is in a chat. */
export type MemberStatus = 'creator' | 'administrator' | 'member';

/** The chats that the emulator knows. */
export type RoomChat = Chat.PrivateChat | Chat.GroupChat | Chat.SupergroupChat;

/** Somebody in a chat. */
export interface RoomMember {
  readonly user: User;
  readonly status: MemberStatus;
}

/** A chat as Telegram's server keeps it. */
export class ChatRoom {
  /** By user id. */
  readonly members = new Map<number, RoomMember>();
  /** The supergroup that this group became. */
  migratedToChatId: number | undefined;

  constructor(
    readonly chat: RoomChat,
    readonly history: ChatHistory,
    /** The creator of a group; the other side of a private chat. */
    readonly owner: User,
    public botStatus: BotStatus,
  ) {
    this.members.set(owner.id, { user: owner, status: 'creator' });
  }

  get id(): number {
    return this.chat.id;
  }

  /** Whether the topic exists whose first message has this id. */
  hasTopic(messageThreadId: number): boolean {
    return this.history.find(messageThreadId)?.forum_topic_created !== undefined;
  }

  /** The last message that a bot wrote here; anonymous people are no bots. */
  lastBotMessage(): Message | undefined {
    return this.history.messages.findLast(
      (message) => message.from?.is_bot === true && !message.sender_chat,
    );
  }
}

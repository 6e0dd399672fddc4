import type { Chat, ChatPermissions, Message, User } from '@grammyjs/types';
import type { AdministratorRights } from './administrator-rights.js';
import type { ChatHistory } from './chat-history.js';
import type { EphemeralMessages } from './ephemeral-messages.js';
import { TopicList } from './topic-list.js';
import type { WorldChanges } from './world-changes.js';

/**
 * What the bot is in a chat. A `restricted` one may read but not write. In private chats it is a
 * `member`, or `kicked`, which means that it is blocked.
 */
export type BotStatus = 'administrator' | 'member' | 'restricted' | 'left' | 'kicked';

/** What a person is in a chat. */
export type MemberStatus = 'creator' | BotStatus;

/** The chats that the emulator knows. */
export type RoomChat = Chat.PrivateChat | Chat.GroupChat | Chat.SupergroupChat | Chat.ChannelChat;

/** Somebody in a chat, or who was there. */
export interface RoomMember {
  readonly user: User;
  readonly status: MemberStatus;
  /** Of administrators. */
  readonly rights?: AdministratorRights;
}

/** What members of the emulator's groups may do at first: everything but running the group. */
const PERMISSIONS: ChatPermissions = {
  can_send_messages: true,
  can_send_audios: true,
  can_send_documents: true,
  can_send_photos: true,
  can_send_videos: true,
  can_send_video_notes: true,
  can_send_voice_notes: true,
  can_send_polls: true,
  can_send_other_messages: true,
  can_add_web_page_previews: true,
  can_react_to_messages: true,
  can_change_info: true,
  can_invite_users: true,
  can_pin_messages: true,
};

/** A chat as Telegram's server keeps it. */
export class ChatRoom {
  readonly topics: TopicList;
  /** What members who are no administrators may do. */
  permissions: ChatPermissions = PERMISSIONS;
  /** The emoji that may be set as reactions; undefined when all may. */
  allowedReactions: readonly string[] | undefined;
  /** How many seconds people who are no administrators, bots included, wait between two messages; 0 without slow mode. */
  slowModeSeconds = 0;
  /** The supergroup that this group became. */
  migratedToChatId: number | undefined;
  /** Whether the other side of a private chat has deleted its account. */
  isDeactivated = false;
  /** Whether a basic group was deleted. */
  isDeleted = false;
  /** Of a channel its discussion group, of a group its channel. */
  linked: ChatRoom | undefined;
  readonly #members = new Map<number, RoomMember>();
  readonly #pinned = new Set<number>();
  readonly #changes: WorldChanges;

  constructor(
    public chat: RoomChat,
    readonly history: ChatHistory,
    /** What one person and one bot see each. */
    readonly ephemeral: EphemeralMessages,
    /** The creator of a group or channel; the other side of a private chat. */
    readonly owner: User,
    changes: WorldChanges,
  ) {
    this.#changes = changes;
    this.#members.set(owner.id, { user: owner, status: 'creator' });
    this.topics = new TopicList(owner.id, {
      hasGeneral: chat.type !== 'private',
      onChange: (topicId) => changes.emit({ kind: 'topic', room: this, topicId }),
    });
  }

  /** Says that something of the chat has changed. */
  changed(): void {
    this.#changes.emit({ kind: 'chat', room: this });
  }

  /** People and bots by user id, those who have left included. */
  get members(): ReadonlyMap<number, RoomMember> {
    return this.#members;
  }

  /** Puts somebody in the place of what the same user was before. */
  setMember(member: RoomMember): void {
    this.#members.set(member.user.id, member);
    this.changed();
  }

  get id(): number {
    return this.chat.id;
  }

  get isForum(): boolean {
    return this.chat.type === 'supergroup' && this.chat.is_forum === true;
  }

  /** The ids of the pinned messages that are still there, the one pinned last at the end. */
  get pinned(): readonly number[] {
    return [...this.#pinned].filter((messageId) => this.history.find(messageId));
  }

  pin(messageId: number): void {
    this.#pinned.add(messageId);
    this.changed();
  }

  unpin(messageId: number): void {
    if (this.#pinned.delete(messageId)) this.changed();
  }

  /** What a user or bot is here; `left` also for those who were never here. */
  statusOf(userId: number): MemberStatus {
    return this.members.get(userId)?.status ?? 'left';
  }

  /** Whether a user or bot is here now. */
  has(userId: number): boolean {
    return !['left', 'kicked'].includes(this.statusOf(userId));
  }

  /** Whether the chat lets people and bots react with the emoji. */
  allowsReaction(emoji: string): boolean {
    return this.allowedReactions?.includes(emoji.replace(/\ufe0f$/, '')) ?? true;
  }

  /** Whether somebody may do what only administrators with the right, and the creator, may do. */
  hasRight(userId: number, right: keyof AdministratorRights): boolean {
    const member = this.members.get(userId);
    return member?.status === 'creator' || member?.rights?.[right] === true;
  }

  /** The last message that a bot wrote here; anonymous people are no bots. */
  lastBotMessage(): Message | undefined {
    return this.history.messages.findLast(
      (message) => message.from?.is_bot === true && !message.sender_chat,
    );
  }
}

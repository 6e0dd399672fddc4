import type { AdministratorRights } from '../world/administrator-rights.js';
import type { MemberStatus } from '../world/chat-room.js';
import type { PageMessage } from './page-message.interface.js';

/*
 * What the page and the emulator say to each other. All URLs are relative to that of the page, which is
 * `http://127.0.0.1:PORT/page/`.
 *
 * | request                                        | answer                                                |
 * | ---------------------------------------------- | ----------------------------------------------------- |
 * | `GET ./`, `GET page.js`, `GET page.css`, …     | the files that are built into `dist/page/`            |
 * | `GET events`                                   | an event stream: `snapshot`, then `changes`           |
 * | `GET messages?chat=…&before=…[&topic=…]`       | a `PageMessageList`, for what a snapshot leaves out   |
 * | `GET files/…`                                  | the bytes of a file, with `Range`                     |
 * | `POST uploads?name=…[&type=…]`, the body is it | a `PageUpload` or a `PageFailure`                     |
 * | `POST actions`, JSON of a `PageAction`         | a `PageActionResult` or a `PageFailure`               |
 *
 * Each POST carries the header `X-Emulator-Page: 1`. Each connection to `events`, and so each
 * reconnection, begins with an event `snapshot`, which replaces all that the page knew; the events `changes` that
 * follow hold a `PageChange[]`. A change puts one thing in the place of what it was: it may come
 * twice, and may be newer than the moment at which it happened.
 */

/** Somebody whom one may act as, in the chats where it is a member. */
export interface PagePerson {
  readonly id: number;
  readonly name: string;
  readonly username?: string;
}

/** A bot and how its updates fare. */
export interface PageBot {
  readonly id: number;
  readonly name: string;
  readonly username: string;
  /** Of the default scope. */
  readonly commands: ReadonlyArray<{ readonly command: string; readonly description: string }>;
  readonly pendingUpdates: number;
  /** Absent while there is none. */
  readonly webhook?: {
    readonly url: string;
    /** The last delivery that failed since the webhook was set; `at` is in milliseconds. */
    readonly lastError?: { readonly at: number; readonly message: string };
  };
}

/** Somebody in a chat, or who was there. */
export interface PageMember {
  /** Of a person or a bot. */
  readonly id: number;
  readonly status: MemberStatus;
  /** Of administrators. */
  readonly rights?: AdministratorRights;
}

/** A chat without its topics and messages. */
export interface PageChat {
  /** Names the chat in actions and changes. Ids do not: a person has one private chat with each bot. */
  readonly key: string;
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup' | 'channel';
  /** Of a private chat the name of the person. */
  readonly title: string;
  readonly username?: string;
  /** Whether messages have a `topicId`: in forums, and in private chats where the bot has topics. */
  readonly hasTopics: boolean;
  /** Of forums: there is a General topic. */
  readonly isForum: boolean;
  /** People and bots, those who have left included. */
  readonly members: readonly PageMember[];
  /** The ids of pinned messages, the one pinned last at the end. */
  readonly pinned: readonly number[];
  /** The emoji that may be set as reactions; absent when all of `PageSnapshot.reactionEmoji` may. */
  readonly allowedReactions?: readonly string[];
  /** Why nothing can happen here any more; `upgradedTo` is the key of the supergroup. */
  readonly gone?: { readonly reason: 'deleted' | 'upgraded'; readonly upgradedTo?: string };
  readonly redirectsDeletedTopics: boolean;
  /** When the flood that was set ends, by the emulator's clock. */
  readonly floodedUntil?: number;
}

/** A topic. That of id 1 is the General one of a forum, which cannot be deleted. */
export interface PageTopic {
  /** The key of its chat. */
  readonly chat: string;
  readonly id: number;
  readonly name: string;
  /** An emoji; empty without an icon, and for a custom emoji that is none of the free ones. */
  readonly icon: string;
  /** 24 bits of RGB, for a topic without an icon. */
  readonly color: number;
  readonly creator: number;
  readonly isClosed: boolean;
  /** Only the General topic can be hidden. */
  readonly isHidden: boolean;
  /** Whether bots do not find it any more. */
  readonly isForgotten: boolean;
}

/** What goes wrong now, beside what stands in the chats. */
export interface PageFaults {
  readonly isOutage: boolean;
  /** 0 when answers come at once. */
  readonly slowAnswersMs: number;
  /** What a test has planned, in words, such as `3 x sendMessage: flood`. */
  readonly planned: readonly string[];
}

/** The emulator's time. */
export interface PageClock {
  /** Only a virtual clock is stepped and advanced. It stands still in between. */
  readonly kind: 'virtual' | 'machine';
  /** Milliseconds since the Unix epoch, when this was sent. */
  readonly now: number;
}

/** All there is, at the moment of a connection. */
export interface PageSnapshot {
  readonly people: readonly PagePerson[];
  readonly bots: readonly PageBot[];
  readonly chats: readonly PageChat[];
  readonly topics: readonly PageTopic[];
  /** Of each chat the last ones, in the order in which they were sent, and then all ephemeral ones. */
  readonly messages: readonly PageMessage[];
  /** The keys of chats that have older messages than those. */
  readonly chatsWithMore: readonly string[];
  readonly faults: PageFaults;
  readonly clock: PageClock;
  /** The emoji of the free icons of topics. */
  readonly topicIcons: readonly string[];
  /** The emoji that can be set as reactions. */
  readonly reactionEmoji: readonly string[];
}

/** A thing as it is now. */
export type PageChange =
  | { readonly type: 'person'; readonly person: PagePerson }
  | { readonly type: 'bot'; readonly bot: PageBot }
  | { readonly type: 'chat'; readonly chat: PageChat }
  | { readonly type: 'topic'; readonly topic: PageTopic }
  | { readonly type: 'topicDeleted'; readonly chat: string; readonly topicId: number }
  | { readonly type: 'message'; readonly message: PageMessage }
  | { readonly type: 'messageDeleted'; readonly chat: string; readonly messageId: number }
  | { readonly type: 'faults'; readonly faults: PageFaults }
  | { readonly type: 'clock'; readonly clock: PageClock }
  /** What a bot shows to be doing, such as `typing`; it ends after 5 s, or with the bot's next message. */
  | {
      readonly type: 'chatAction';
      readonly chat: string;
      readonly topicId?: number;
      readonly bot: number;
      readonly action: string;
    }
  /** What a bot says to the press of a button; an alert is to be closed by the person. */
  | {
      readonly type: 'buttonAnswer';
      readonly pressId: string;
      readonly person: number;
      readonly text?: string;
      readonly url?: string;
      readonly isAlert: boolean;
      /** Why there is no answer, such as that none came in time. */
      readonly failure?: string;
    };

/** The answer to `GET messages`: at most 200, the oldest first. */
export interface PageMessageList {
  readonly messages: readonly PageMessage[];
  /** Whether there are older ones still. */
  readonly hasMore: boolean;
}

/** The answer to `POST uploads`. Uploads that are not sent are dropped when there are too many. */
export interface PageUpload {
  readonly ok: true;
  readonly upload: string;
}

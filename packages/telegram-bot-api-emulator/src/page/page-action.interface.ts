import type { FileKind } from '../files/stored-file.js';
import type { AdministratorRights } from '../world/administrator-rights.js';
import type { BotStatus } from '../world/chat-room.js';

/** Somebody in a chat. */
export interface PageActor {
  /** The id of a person. */
  readonly person: number;
  /** Writes as the supergroup. The text is the title that others see; empty for none. */
  readonly anonymousTitle?: string;
  /** Writes as the channel of this title. */
  readonly channel?: string;
}

/** Where something happens. */
interface InChat {
  /** The key of the chat. */
  readonly chat: string;
}

/** Somebody does something in a chat. */
interface ByPerson extends InChat {
  readonly as: PageActor;
}

interface OnMessage extends ByPerson {
  /** As in `PageMessage.id`. */
  readonly messageId: number;
}

interface OnTopic extends ByPerson {
  /** 1 is the General topic. */
  readonly topicId: number;
}

/** Where a new message goes. */
interface NewMessage extends ByPerson {
  /** By default the General topic, or that of the message that is replied to. */
  readonly topicId?: number;
  readonly replyTo?: PageReplyTarget;
}

/** What a message replies to. */
export interface PageReplyTarget {
  readonly messageId: number;
  /** The key of its chat, when it is another one; only texts reply from another chat or topic. */
  readonly chat?: string;
  /** A part of its text or caption, as it stands there. Only texts quote. */
  readonly quote?: string;
}

/** A file that was uploaded before. */
export interface PageFile {
  /** What `POST uploads` has answered with. */
  readonly upload: string;
  /** By default `photo` for a JPEG or PNG, else `document`. */
  readonly kind?: FileKind;
  readonly caption?: string;
  /** Of what is played. */
  readonly durationSeconds?: number;
  /** In pixels; of photos they are read from the file. */
  readonly width?: number;
  readonly height?: number;
}

/** What people do. */
export type PagePersonAction =
  /**
   * A command is a text such as `/start` or, where there are several bots, `/start@desk_bot`. One that a bot has
   * declared as ephemeral, and a reply to an ephemeral message, go to the bot alone.
   */
  | (NewMessage & { readonly type: 'write'; readonly text: string })
  /** More than one file are an album; the captions are those of the files. */
  | (NewMessage & { readonly type: 'sendFiles'; readonly files: readonly PageFile[] })
  | (NewMessage & {
      readonly type: 'sendPoll';
      readonly question: string;
      readonly options: readonly string[];
    })
  | (NewMessage & {
      readonly type: 'sendLocation';
      readonly latitude: number;
      readonly longitude: number;
    })
  | (NewMessage & {
      readonly type: 'sendContact';
      readonly name: string;
      readonly phoneNumber: string;
    })
  /** Sends a message of another chat, or of this one, on to `chat`. */
  | (ByPerson & {
      readonly type: 'forward';
      readonly topicId?: number;
      readonly from: { readonly chat: string; readonly messageId: number };
    })
  /** The text, or the caption. */
  | (OnMessage & { readonly type: 'edit'; readonly text: string })
  | (OnMessage & { readonly type: 'delete' })
  /** Takes an ephemeral message out of the view of its person. */
  | (OnMessage & { readonly type: 'dismiss' })
  /** The person's reactions from now on; none takes them away. */
  | (OnMessage & { readonly type: 'react'; readonly emoji: readonly string[] })
  | (OnMessage & { readonly type: 'pin' })
  /** A callback button, by its text or its data. The answer comes as a `buttonAnswer`. */
  | (OnMessage & { readonly type: 'press'; readonly button: string })
  /** `icon` is an emoji of `PageSnapshot.topicIcons`, or the id of a custom emoji. */
  | (ByPerson & { readonly type: 'createTopic'; readonly name: string; readonly icon?: string })
  | (OnTopic & { readonly type: 'renameTopic'; readonly name: string })
  /** An empty icon takes it away. */
  | (OnTopic & { readonly type: 'changeTopicIcon'; readonly icon: string })
  | (OnTopic & { readonly type: 'closeTopic' })
  | (OnTopic & { readonly type: 'reopenTopic' })
  | (OnTopic & { readonly type: 'deleteTopic' })
  | (ByPerson & { readonly type: 'leave' });

/** What happens to chats and people. */
export type PageWorldAction =
  /** Somebody who is new to the emulator, or is found by the name; with `chat` it joins there. */
  | { readonly type: 'newPerson'; readonly name: string; readonly chat?: string }
  /** A private chat is that of the person `name` with the bot. */
  | {
      readonly type: 'newChat';
      readonly kind: 'private' | 'group' | 'supergroup' | 'forum' | 'channel';
      /** The title, or the name of the person. */
      readonly name: string;
      /** By default the first one; only private chats are with another. */
      readonly bot?: number;
    }
  /** The person joins, is made an administrator or a mere member, is restricted, removed or banned. */
  | (InChat & {
      readonly type: 'setMember';
      readonly person: number;
      readonly status: 'administrator' | 'member' | 'restricted' | 'left' | 'kicked';
    });

/** What goes wrong. */
export type PageFaultAction =
  /** Refuses with 429 all that bots send to a chat; 0 ends it. */
  | (InChat & { readonly type: 'flood'; readonly seconds: number })
  /** Cuts all connections of bots. The page stays. */
  | { readonly type: 'outage'; readonly isOn: boolean }
  /** Lets each answer to a bot come later, by the emulator's clock; 0 ends it. */
  | { readonly type: 'slowAnswers'; readonly delayMs: number }
  /** Deletes a topic, or lets bots not find it any more, whoever might do it. */
  | (InChat & { readonly type: 'removeTopic'; readonly topicId: number })
  | (InChat & { readonly type: 'forgetTopic'; readonly topicId: number })
  /** Whether what bots send to deleted topics stands in General. */
  | (InChat & { readonly type: 'redirectDeletedTopics'; readonly isOn: boolean })
  /** Kicks, invites or promotes a bot; in a private chat `kicked` means that it is blocked. */
  | (InChat & {
      readonly type: 'setBotStatus';
      readonly bot: number;
      readonly status: BotStatus;
    })
  /** Takes or gives rights of an administrator. */
  | (InChat & {
      readonly type: 'setBotRights';
      readonly bot: number;
      readonly rights: Partial<AdministratorRights>;
    })
  /** Makes a supergroup of a group. */
  | (InChat & { readonly type: 'upgrade' })
  | { readonly type: 'revokeToken'; readonly bot: number }
  /** Sets the wall time forward or back while no time passes. Virtual clocks only. */
  | { readonly type: 'stepClock'; readonly byMs: number }
  /** Lets time pass. Virtual clocks only. */
  | { readonly type: 'advanceClock'; readonly byMs: number };

/** The body of `POST actions`. */
export type PageAction = PagePersonAction | PageWorldAction | PageFaultAction;

/** The answer to an action that was done, with 200. */
export interface PageActionResult {
  readonly ok: true;
  /** Of what was sent. */
  readonly messageIds?: readonly number[];
  readonly topicId?: number;
  readonly person?: number;
  /** The key of a new chat. */
  readonly chat?: string;
  /** Of a press; its answer comes as a `buttonAnswer` with the same. */
  readonly pressId?: string;
}

/** The answer to one that was not done: 400 for what cannot happen, 403, 404, 413 or 415. */
export interface PageFailure {
  readonly ok: false;
  /** What to show: the words of the error. */
  readonly error: string;
}

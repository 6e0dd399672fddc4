import type { ChatRoom } from '../world/chat-room.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import { REACTION_EMOJI } from '../world/reaction-emoji.js';
import { TOPIC_ICONS } from '../world/topic-icons.js';
import type { WorldChange } from '../world/world-changes.js';
import type { FaultSwitches } from './fault-switches.js';
import { MessageView, topicOf } from './message-view.js';
import type { PageClockHand } from './page-clock-hand.js';
import type { PageChange, PageMessageList, PageSnapshot } from './page-protocol.js';
import type { RoomKeys } from './room-keys.js';
import type { WorldView } from './world-view.js';

/** What the page is made of. */
export interface PageStateContext {
  readonly world: EmulatedWorld;
  readonly keys: RoomKeys;
  readonly view: WorldView;
  readonly faults: FaultSwitches;
  readonly clock: PageClockHand;
}

/** Of each chat a snapshot has so many messages. */
const MESSAGES_OF_SNAPSHOT = 300;
const MESSAGES_OF_LIST = 200;

/** All that the page shows, as it is now. */
export class PageState {
  readonly #context: PageStateContext;
  readonly #messages: MessageView;

  constructor(context: PageStateContext) {
    this.#context = context;
    this.#messages = new MessageView(context.world, context.keys);
  }

  snapshot(): PageSnapshot {
    const { world, view, keys, faults, clock } = this.#context;
    const rooms = world.rooms.list;
    const histories = rooms.map((room) => ({ room, messages: room.history.messages }));
    return {
      people: world.people.list.map((user) => view.person(user)),
      bots: world.bots.map((bot) => view.bot(bot)),
      chats: rooms.map((room) => view.chat(room)),
      topics: rooms.flatMap((room) => view.topics(room)),
      messages: histories.flatMap(({ room, messages }) => [
        ...messages
          .slice(-MESSAGES_OF_SNAPSHOT)
          .map((message) => this.#messages.create(room, message)),
        ...room.ephemeral.seen.map((each) => this.#messages.createEphemeral(room, each)),
      ]),
      chatsWithMore: histories
        .filter(({ messages }) => messages.length > MESSAGES_OF_SNAPSHOT)
        .map(({ room }) => keys.keyOf(room)),
      faults: faults.view(),
      clock: clock.view(),
      topicIcons: [...TOPIC_ICONS.keys()],
      reactionEmoji: REACTION_EMOJI,
    };
  }

  /** The messages of a chat, or of one of its topics, before one of them. */
  messagesBefore(room: ChatRoom, before: number, topicId?: number): PageMessageList {
    const fitting = room.history.messages.filter(
      (message) =>
        message.message_id < before &&
        (topicId === undefined || topicOf(room, message) === topicId),
    );
    return {
      messages: fitting
        .slice(-MESSAGES_OF_LIST)
        .map((message) => this.#messages.create(room, message)),
      hasMore: fitting.length > MESSAGES_OF_LIST,
    };
  }

  /** What has changed, as it is now; of a chat with its General topic, which comes and goes with it. */
  describe(change: WorldChange): PageChange[] {
    const { world, view, faults } = this.#context;
    switch (change.kind) {
      case 'message':
        return [this.#message(change.room, change.messageId)];
      case 'ephemeral':
        return [this.#ephemeral(change.room, change.ephemeralId)];
      case 'topic':
        return [this.#topic(change.room, change.topicId)];
      case 'chat': {
        const { room } = change;
        const { general } = room.topics;
        const topics = room.isForum ? [this.#topic(room, general.id)] : [];
        return [{ type: 'chat', chat: view.chat(room) }, ...topics];
      }
      case 'person': {
        const user = world.people.find(change.userId);
        return user ? [{ type: 'person', person: view.person(user) }] : [];
      }
      case 'bots':
        return world.bots.map((bot) => ({ type: 'bot', bot: view.bot(bot) }));
      case 'faults':
        return [{ type: 'faults', faults: faults.view() }];
      case 'chatAction': {
        const { botId: bot, topicId, action } = change.chatAction;
        const topic = topicId > 0 ? { topicId } : {};
        const chat = this.#context.keys.keyOf(change.room);
        return [{ type: 'chatAction', chat, ...topic, bot, action }];
      }
    }
  }

  #message(room: ChatRoom, messageId: number): PageChange {
    const message = room.history.find(messageId);
    const chat = this.#context.keys.keyOf(room);
    return message
      ? { type: 'message', message: this.#messages.create(room, message) }
      : { type: 'messageDeleted', chat, messageId };
  }

  #ephemeral(room: ChatRoom, ephemeralId: number): PageChange {
    const seen = room.ephemeral.findSeen(ephemeralId);
    const chat = this.#context.keys.keyOf(room);
    return seen
      ? { type: 'message', message: this.#messages.createEphemeral(room, seen) }
      : { type: 'messageDeleted', chat, messageId: -ephemeralId };
  }

  #topic(room: ChatRoom, topicId: number): PageChange {
    const topic = room.topics.find(topicId);
    return topic
      ? { type: 'topic', topic: this.#context.view.topic(room, topic) }
      : { type: 'topicDeleted', chat: this.#context.keys.keyOf(room), topicId };
  }
}

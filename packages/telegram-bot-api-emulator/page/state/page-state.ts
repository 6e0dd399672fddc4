import type { PageMessage } from '../../src/page/page-message.interface.js';
import type {
  PageBot,
  PageChange,
  PageChat,
  PageClock,
  PageFaults,
  PagePerson,
  PageSnapshot,
  PageTopic,
} from '../../src/page/page-protocol.js';
import { BotActions } from './bot-actions.js';
import { ChatMessages } from './chat-messages.js';
import { Listeners } from './listeners.js';
import { timelineOf } from './timeline.js';

/** What a bot has said to the press of a button. */
export type ButtonAnswer = Extract<PageChange, { readonly type: 'buttonAnswer' }>;

/** All that the emulator has told: people, chats, messages, faults. */
export class PageState {
  readonly people = new Map<number, PagePerson>();
  readonly bots = new Map<number, PageBot>();
  readonly chats = new Map<string, PageChat>();
  readonly chatsWithMore = new Set<string>();
  readonly changed = new Listeners();
  readonly arrived = new Listeners<[PageMessage]>();
  readonly answered = new Listeners<[ButtonAnswer]>();
  readonly botActions = new BotActions(() => this.changed.notify());
  faults: PageFaults = { isOutage: false, slowAnswersMs: 0, planned: [] };
  topicIcons: readonly string[] = [];
  reactionEmoji: readonly string[] = [];
  /** False before the first snapshot. */
  isLoaded = false;
  #clock: PageClock = { kind: 'machine', now: Date.now() };
  #clockReadAt = performance.now();
  readonly #topics = new Map<string, Map<number, PageTopic>>();
  readonly #messages = new Map<string, ChatMessages>();
  readonly #ephemerals = new Map<string, ChatMessages>();

  get clock(): PageClock {
    return this.#clock;
  }

  /** The emulator's time, in milliseconds. A virtual clock stands still. */
  get now(): number {
    const passed = this.#clock.kind === 'machine' ? performance.now() - this.#clockReadAt : 0;
    return this.#clock.now + passed;
  }

  topicsOf(chat: string): readonly PageTopic[] {
    return [...(this.#topics.get(chat)?.values() ?? [])];
  }

  findTopic(chat: string, id: number): PageTopic | undefined {
    return this.#topics.get(chat)?.get(id);
  }

  messagesOf(chat: string): readonly PageMessage[] {
    return this.#messages.get(chat)?.list ?? [];
  }

  /** The chat as a person sees it, with what that person alone sees; the messages of all for nobody. */
  timelineOf(chat: string, person: number | undefined): readonly PageMessage[] {
    const ephemerals = this.#ephemerals.get(chat)?.list ?? [];
    const own = ephemerals.filter(({ ephemeral }) => ephemeral?.person === person);
    return timelineOf(this.messagesOf(chat), own);
  }

  /** The highest id of a message that there ever was in a chat. */
  highestIdIn(chat: string): number {
    return this.#messages.get(chat)?.highestId ?? 0;
  }

  findMessage(chat: string, id: number): PageMessage | undefined {
    return this.#storeOf(id).get(chat)?.find(id);
  }

  /** Puts what there is now in the place of all that was known. */
  replace(snapshot: PageSnapshot): void {
    fill(this.people, snapshot.people, ({ id }) => id);
    fill(this.bots, snapshot.bots, ({ id }) => id);
    fill(this.chats, snapshot.chats, ({ key }) => key);
    this.#topics.clear();
    for (const topic of snapshot.topics) this.#setTopic(topic);
    const ids = Map.groupBy(snapshot.messages, ({ chat }) => chat);
    for (const [chat, messages] of [...this.#messages, ...this.#ephemerals]) {
      messages.keepOnly(new Set(ids.get(chat)?.map(({ id }) => id)));
    }
    for (const message of snapshot.messages) this.#messagesFor(message).set(message);
    this.chatsWithMore.clear();
    for (const key of snapshot.chatsWithMore) this.chatsWithMore.add(key);
    this.faults = snapshot.faults;
    this.topicIcons = snapshot.topicIcons;
    this.reactionEmoji = snapshot.reactionEmoji;
    this.#setClock(snapshot.clock);
    this.isLoaded = true;
    this.changed.notify();
  }

  apply(changes: readonly PageChange[]): void {
    for (const change of changes) this.#apply(change);
    this.changed.notify();
  }

  /** Adds older messages, which a snapshot had left out. */
  addOlder(messages: readonly PageMessage[]): void {
    for (const message of messages) this.#messagesFor(message).set(message);
    this.changed.notify();
  }

  #apply(change: PageChange): void {
    switch (change.type) {
      case 'person':
        this.people.set(change.person.id, change.person);
        break;
      case 'bot':
        this.bots.set(change.bot.id, change.bot);
        break;
      case 'chat':
        this.chats.set(change.chat.key, change.chat);
        break;
      case 'topic':
        this.#setTopic(change.topic);
        break;
      case 'topicDeleted':
        this.#topics.get(change.chat)?.delete(change.topicId);
        break;
      case 'message':
        this.#setMessage(change.message);
        break;
      case 'messageDeleted':
        this.#storeOf(change.messageId).get(change.chat)?.delete(change.messageId);
        break;
      case 'faults':
        this.faults = change.faults;
        break;
      case 'clock':
        this.#setClock(change.clock);
        break;
      case 'chatAction':
        this.botActions.set(change, change);
        break;
      case 'buttonAnswer':
        this.answered.notify(change);
        break;
    }
  }

  #setMessage(message: PageMessage): void {
    const messages = this.#messagesFor(message);
    const isNew = messages.find(message.id) === undefined;
    messages.set(message);
    this.botActions.end(message, message.sender.id);
    if (isNew) this.arrived.notify(message);
  }

  #messagesFor({ chat, id }: PageMessage): ChatMessages {
    const store = this.#storeOf(id);
    const messages = store.get(chat) ?? new ChatMessages();
    store.set(chat, messages);
    return messages;
  }

  /** The ids of ephemeral messages are below zero. */
  #storeOf(id: number): Map<string, ChatMessages> {
    return id < 0 ? this.#ephemerals : this.#messages;
  }

  #setTopic(topic: PageTopic): void {
    const topics = this.#topics.get(topic.chat) ?? new Map<number, PageTopic>();
    topics.set(topic.id, topic);
    this.#topics.set(topic.chat, topics);
  }

  #setClock(clock: PageClock): void {
    this.#clock = clock;
    this.#clockReadAt = performance.now();
  }
}

function fill<K, V>(map: Map<K, V>, values: readonly V[], keyOf: (value: V) => K): void {
  map.clear();
  for (const value of values) map.set(keyOf(value), value);
}

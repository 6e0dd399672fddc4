/** A topic of a forum. */
export interface Topic {
  /** The id of its first message, which is its `message_thread_id`; 1 of the General topic. */
  readonly id: number;
  readonly name: string;
  readonly iconColor: number;
  readonly iconCustomEmojiId?: string;
  /** The user or bot that created it. */
  readonly creatorId: number;
  readonly isClosed: boolean;
  /** Only the General topic can be hidden. */
  readonly isHidden: boolean;
}

/** The thread id of a forum's General topic, which messages do not carry. */
export const GENERAL_TOPIC_ID = 1;

/** The blue of topics whose creator chose no colour. */
export const DEFAULT_ICON_COLOR = 0x6f_b9_f0;

/** What a list of topics works with. */
export interface TopicListContext {
  readonly hasGeneral: boolean;
  /** Called whenever a topic came, changed or went. */
  readonly onChange: (topicId: number) => void;
}

/** The topics of a forum, or of a private chat, where there is no General one. */
export class TopicList {
  readonly #topics = new Map<number, Topic>();
  /** Who deleted topics, by their ids. */
  readonly #deletedBy = new Map<number, number>();
  readonly #forgotten = new Set<number>();
  /** Whether what bots send to a deleted topic stands in the General one instead of being refused. */
  redirectsDeleted = false;
  readonly #hasGeneral: boolean;
  readonly #onChange: (topicId: number) => void;
  #general: Topic;

  /** @param ownerId Who created the General topic, along with the forum. */
  constructor(ownerId: number, { hasGeneral, onChange }: TopicListContext) {
    this.#hasGeneral = hasGeneral;
    this.#onChange = onChange;
    this.#general = {
      id: GENERAL_TOPIC_ID,
      name: 'General',
      iconColor: DEFAULT_ICON_COLOR,
      creatorId: ownerId,
      isClosed: false,
      isHidden: false,
    };
  }

  /** All topics but the General one, the oldest first. */
  get list(): Topic[] {
    return [...this.#topics.values()];
  }

  /** The General topic, which cannot be deleted. */
  get general(): Topic {
    return this.#general;
  }

  find(id: number): Topic | undefined {
    return this.#isGeneral(id) ? this.#general : this.#topics.get(id);
  }

  /** Adds a topic, or puts a changed one in the place of the old one. */
  set(topic: Topic): void {
    if (this.#isGeneral(topic.id)) this.#general = topic;
    else this.#topics.set(topic.id, topic);
    this.#onChange(topic.id);
  }

  /** Deletes a topic for good. */
  delete(id: number, byUserId: number): void {
    if (!this.#topics.delete(id)) return;
    this.#deletedBy.set(id, byUserId);
    this.#onChange(id);
  }

  /** The user or bot that deleted a topic; undefined when none did. */
  deleterOf(id: number): number | undefined {
    return this.#deletedBy.get(id);
  }

  /** Makes a topic one that is there, but that bots do not find. */
  forget(id: number): void {
    this.#forgotten.add(id);
    this.#onChange(id);
  }

  isForgotten(id: number): boolean {
    return this.#forgotten.has(id);
  }

  #isGeneral(id: number): boolean {
    return this.#hasGeneral && id === GENERAL_TOPIC_ID;
  }
}

import { Injectable } from '@nestjs/common';
import { AdminChat } from '../../chat/admin-chat.js';
import { TopicAvailability } from '../../chat/topic-availability.js';
import { shownStatusOf } from '../../threads/thread-record.js';
import type { ShownStatus, ThreadTopic } from '../../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../../threads/thread-state.repository.js';
import { TopicIcons } from './topic-icons.js';
import { TopicNamer } from './topic-namer.js';

/** How long a change waits for others that go with it, or undo it. */
const EDIT_DELAY_MS = 2_000;
/** Longer, because whoever says thank you answers a thread that was just closed. */
const CLOSE_DELAY_MS = 5_000;

/** What is to be changed of a topic so that it shows how its thread stands. */
export interface TopicPlan {
  readonly threadId: string;
  readonly topic: ThreadTopic;
  /** What its icon shows afterwards. */
  readonly status: ShownStatus;
  /** The name to give it. */
  readonly name: string | undefined;
  /** The custom emoji to give it; empty for none. */
  readonly iconId: string | undefined;
  readonly toggle: 'closeForumTopic' | 'reopenForumTopic' | undefined;
  /** How long to wait before it is carried out. */
  readonly delayMs: number;
}

/** Compares how topics look with how their threads stand. */
@Injectable()
export class TopicPlanner {
  constructor(
    private readonly threads: ThreadStateRepository,
    private readonly adminChat: AdminChat,
    private readonly availability: TopicAvailability,
    private readonly names: TopicNamer,
    private readonly icons: TopicIcons,
  ) {}

  /**
   * What is to be changed of the topic of a thread; null when nothing is.
   *
   * @throws {@link BotApiError} When the icons are not known.
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  async plan(threadId: string): Promise<TopicPlan | null> {
    const record = await this.threads.find(threadId);
    const topic = record?.topic;
    if (!topic || topic.isGone || !this.adminChat.mayHave(topic) || !this.availability.isForum) {
      return null;
    }
    const { subject, customer } = record;
    const status = shownStatusOf(record);
    const wanted = this.names.nameOf({ threadId, subject, customer });
    const name = wanted === (topic.givenName ?? topic.name) ? undefined : wanted;
    const isShown = topic.shownStatus === status;
    const iconId = isShown ? undefined : await this.icons.idOf(status);
    const toggle = this.#toggleOf(topic, status);
    if (isShown && name === undefined && !toggle) return null;
    const delayMs = toggle === 'closeForumTopic' ? CLOSE_DELAY_MS : EDIT_DELAY_MS;
    return { threadId, topic, status, name, iconId, toggle, delayMs };
  }

  /** Topics of private chats cannot be closed. */
  #toggleOf({ isClosed }: ThreadTopic, status: ShownStatus): TopicPlan['toggle'] {
    if (this.adminChat.isPrivate || isClosed === (status === 'closed')) return undefined;
    return isClosed ? 'reopenForumTopic' : 'closeForumTopic';
  }
}

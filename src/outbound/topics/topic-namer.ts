import { Injectable } from '@nestjs/common';
import { SafeLogger } from '../../common/safe-logger.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import type { TopicSubject } from '../../config/topic.options.js';
import { ErrorDescriber } from '../../errors/index.js';
import { isBlank, sanitizeLabel } from '../../notices/sanitize-text.js';
import { splitText } from '../../notices/split-text.js';

/** Telegram cuts longer names without a word (tdlib/td, ForumTopicManager.h). */
const MAX_LENGTH = 128;

/** For a thread whose id shows nothing. */
const NAMELESS = 'Thread';

/** Names topics, by the template of the app or the default one. */
@Injectable()
export class TopicNamer {
  readonly #logger: SafeLogger;
  /** Whether the log says that the template cannot be used. */
  #isReported = false;

  constructor(
    private readonly settings: TelegramSettings,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(TopicNamer.name, errors);
  }

  /** A name on one line, of 1 to 128 characters, of which something is seen. */
  nameOf(subjectOf: TopicSubject): string {
    const thread = this.#masked(subjectOf);
    const { threadId, customer, subject } = thread;
    const known = [customer, subject].filter((label) => label && !isBlank(label)).join(': ');
    const names = [this.#customName(thread), known, threadId, NAMELESS];
    return shortened(sanitizeLabel(names.find((name) => name && !isBlank(name)) ?? NAMELESS));
  }

  /** Another desk that has had the thread may have had other masks. */
  #masked({ threadId, customer, subject }: TopicSubject): TopicSubject {
    const { masker } = this.settings;
    return {
      threadId,
      customer: customer === undefined ? undefined : masker.hide(customer),
      subject: subject === undefined ? undefined : masker.hide(subject),
    };
  }

  #customName(thread: TopicSubject): string | undefined {
    const { name } = this.settings.topics;
    if (!name) return undefined;
    try {
      const custom: unknown = name(thread);
      if (typeof custom === 'string' && !isBlank(custom)) return custom;
      this.#report('it returned no text of which something would be seen');
    } catch (error) {
      this.#report(this.#logger.describe(error));
    }
    return undefined;
  }

  #report(problem: string): void {
    if (this.#isReported) return;
    this.#isReported = true;
    this.#logger.error(
      `The option topics.name cannot be used for each thread, the default takes its place: ${problem}`,
    );
  }
}

function shortened(name: string): string {
  if (name.length <= MAX_LENGTH) return name;
  const [start = ''] = splitText(name, MAX_LENGTH - 1);
  return `${start.trimEnd()}…`;
}

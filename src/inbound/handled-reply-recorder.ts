import { Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { ErrorDescriber } from '../errors/index.js';
import type { ReplyEditedEvent, ReplyEvent } from '../events/reply-event.interface.js';
import type { ReplyDeletedEvent } from '../events/stored-event.interface.js';
import { HandledReplies } from '../threads/handled-replies.js';
import { PurgedThreads } from '../threads/purged-threads.js';
import { messageRefOf } from '../updates/message-ref-of.js';

/** Records what the app has got of replies, so that agents see what of it customers read. */
@Injectable()
export class HandledReplyRecorder {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly replies: HandledReplies,
    private readonly purged: PurgedThreads,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(HandledReplyRecorder.name, errors);
  }

  /**
   * Never rejects: the handlers must not be called again because of that.
   *
   * @param enqueuedAtMs When the event was enqueued, so that nothing of it gets into a thread that has begun anew.
   */
  async record(
    event: ReplyEvent | ReplyEditedEvent | ReplyDeletedEvent,
    enqueuedAtMs?: number,
  ): Promise<void> {
    try {
      if (await this.purged.has(event.threadId, enqueuedAtMs)) return;
      await this.#record(event);
      // Afterwards: a purge that begins now finds it.
      if (await this.purged.has(event.threadId)) await this.replies.forget(event.threadId);
    } catch (error) {
      this.#logger.warn(
        `A handled reply was not stored, so it may not show when the customer has read it: ${this.#logger.describe(error)}`,
      );
    }
  }

  #record(event: ReplyEvent | ReplyEditedEvent | ReplyDeletedEvent): Promise<void> {
    const { threadId, message } = event;
    switch (event.type) {
      case 'reply': {
        const files = event.album?.map(messageRefOf);
        return this.replies.add(threadId, { message, files, sentAtMs: event.sentAtMs });
      }
      case 'reply.edited': {
        const { editedAtMs: sentAtMs, version } = event;
        return this.replies.edit(threadId, message, { sentAtMs, version });
      }
      case 'reply.deleted':
        return this.replies.remove(threadId, message);
    }
  }
}

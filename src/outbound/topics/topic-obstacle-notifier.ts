import { Inject, Injectable } from '@nestjs/common';
import { SafeLogger } from '../../common/safe-logger.js';
import { DeskEvents } from '../../desk/desk-events.js';
import { ErrorDescriber } from '../../errors/index.js';
import { OrderedQueue } from '../../queue/ordered-queue.js';
import type { TopicObstacle } from '../jobs/desk-notified-job.interface.js';
import type { OutboundJob } from '../jobs/outbound-job.interface.js';
import type { OutboundProgress } from '../jobs/outbound-progress.interface.js';
import { OUTBOUND_QUEUE } from '../outbound.constants.js';

/** The same id in all processes, so that the chat gets one message in 24 hours or more. */
const ID = 'desk:topics_unavailable';

/** Notifies the agents when threads cannot be shown as topics. */
@Injectable()
export class TopicObstacleNotifier {
  readonly #logger: SafeLogger;

  constructor(
    @Inject(OUTBOUND_QUEUE) private readonly queue: OrderedQueue<OutboundJob, OutboundProgress>,
    events: DeskEvents,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(TopicObstacleNotifier.name, errors);
    events.on('topicsUnavailable', (obstacle) => void this.#notify(obstacle));
  }

  /** Never rejects: the log has it in any case. */
  async #notify(reason: TopicObstacle): Promise<void> {
    const code = 'topics_unavailable';
    try {
      await this.queue.enqueue('desk', ID, { v: 1, type: 'desk.notified', code, reason });
    } catch (error) {
      this.#logger.warn(`The agents were not notified: ${this.#logger.describe(error)}`);
    }
  }
}

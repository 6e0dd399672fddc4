import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { SafeLogger } from '../common/safe-logger.js';
import { setDeadline, settleInTime } from '../common/deadline.js';
import { SystemClock } from '../common/system-clock.js';
import { Desks } from '../desk/desks.js';
import { ErrorDescriber } from '../errors/index.js';
import type { BotFacts } from './bot-facts.js';
import { Diagnostics, type Examination } from './diagnostics.js';
import { ADVICE, FATAL } from './health.constants.js';
import type { HealthProblem, HealthReport } from './health-report.interface.js';

/** The least time between two looks at a desk, and for which all looks share what is known of the bot. */
const MIN_INTERVAL_MS = 60_000;

/** By so many more updates than at the look before, the app falls behind. */
const GROWTH = 10;

/** What is known of a desk, and the look at it that is under way. */
interface KnownHealth {
  report?: HealthReport;
  look?: Promise<void>;
  lookedAtMs: number;
}

/** Looks after the health of the desks of a bot: once a minute at most, whoever asks and however often. */
@Injectable()
export class DeskHealth {
  /** Runs a look outside the request that caused it. */
  readonly #outsideRequests = AsyncLocalStorage.snapshot();
  readonly #logger: SafeLogger;
  readonly #known = new Map<string, KnownHealth>();
  #bot: { readonly facts: Promise<BotFacts>; readonly sinceMs: number } | undefined;
  /** Requests wait in real time. */
  readonly #realTime = new SystemClock();

  constructor(
    private readonly desks: Desks,
    private readonly diagnostics: Diagnostics,
    private readonly clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(DeskHealth.name, errors);
  }

  /**
   * How a desk was when it was looked at last. Looks again in the background when that is a minute ago.
   *
   * @param desk The name of a desk that exists.
   * @param waitMs How long the first look is waited for.
   * @returns Undefined when the first look has not ended in time.
   */
  async reportOf(desk: string, waitMs: number): Promise<HealthReport | undefined> {
    const known = this.#known.get(desk) ?? { lookedAtMs: Number.NEGATIVE_INFINITY };
    this.#known.set(desk, known);
    const nowMs = this.clock.monotonicMs();
    if (!known.look && nowMs - known.lookedAtMs >= MIN_INTERVAL_MS) {
      known.lookedAtMs = nowMs;
      known.look = this.#outsideRequests(() => this.#look(desk, known));
    }
    if (!known.report && known.look) await this.#waitFor(known.look, waitMs);
    return known.report;
  }

  #waitFor(look: Promise<void>, waitMs: number): Promise<void> {
    const start = (onPassed: () => void) => setDeadline(this.#realTime, waitMs, onPassed);
    return settleInTime(look, () => undefined, start);
  }

  /** Never rejects. */
  async #look(desk: string, known: KnownHealth): Promise<void> {
    try {
      const [examination, oldestJobMs] = await Promise.all([
        this.#factsOfBot().then((bot) => this.diagnostics.examine(desk, bot)),
        this.#oldestJobMs(desk),
      ]);
      const pendingUpdates = await pendingOf(examination);
      const problems = problemsOf(examination, pendingUpdates, known.report?.pendingUpdates);
      const checkedAt = new Date(this.clock.now());
      known.report = { problems, pendingUpdates, oldestJobMs, checkedAt };
    } catch (error) {
      this.#logger.errorWithStack(`The health of the desk "${desk}" was not found out`, error);
    }
    delete known.look;
  }

  #factsOfBot(): Promise<BotFacts> {
    const nowMs = this.clock.monotonicMs();
    if (!this.#bot || nowMs - this.#bot.sinceMs >= MIN_INTERVAL_MS) {
      this.#bot = { facts: this.diagnostics.inspectBot(), sinceMs: nowMs };
    }
    return this.#bot.facts;
  }

  /** Undefined when the store does not answer, which its own check says. */
  async #oldestJobMs(name: string): Promise<number | undefined> {
    const { outboundQueue, inboundQueue } = await this.desks.get(name);
    try {
      const backlogs = await Promise.all([outboundQueue.backlog(), inboundQueue.backlog()]);
      return Math.max(...backlogs.map(({ oldestMs }) => oldestMs ?? 0));
    } catch (error) {
      this.#logger.debug(`The age of the oldest job is not known: ${this.#logger.describe(error)}`);
      return undefined;
    }
  }
}

/** Telegram was asked for it by a check that has passed, or has a warning. */
async function pendingOf({ facts, checks }: Examination): Promise<number | undefined> {
  const delivery = checks.find(({ id }) => id === 'webhook-delivery');
  const isKnown = delivery?.status === 'ok' || delivery?.status === 'warning';
  return isKnown ? (await facts.webhook()).pending_update_count : undefined;
}

function problemsOf(
  { checks }: Examination,
  pending: number | undefined,
  pendingBefore: number | undefined,
): HealthProblem[] {
  const problems = checks.flatMap(({ isUnknown, status, ...check }): HealthProblem[] => {
    if (status !== 'failed' && status !== 'warning') return [];
    if (status === 'warning' && ADVICE.has(check.id)) return [];
    return [
      { ...check, status, isFatal: status === 'failed' && !isUnknown && FATAL.has(check.id) },
    ];
  });
  const isGrowing = (pending ?? 0) - (pendingBefore ?? pending ?? 0) >= GROWTH;
  if (!isGrowing || problems.some(({ id }) => id === 'webhook-delivery')) return problems;
  const growing: HealthProblem = {
    id: 'webhook-delivery',
    status: 'warning',
    isFatal: false,
    finding: `${pending} updates are waiting, and ${pendingBefore} were at the look before`,
    why: "Agents' replies arrive later and later",
    remedy: 'See the log for handlers that are slow or fail',
  };
  return [...problems, growing];
}

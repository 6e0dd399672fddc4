import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { UnknownElementException } from '@nestjs/core/errors/exceptions/unknown-element.exception.js';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { getBotInternalsToken, type BotInternals } from '../bot-internals.js';
import { TelegramArgumentError } from '../errors/index.js';
import type { HealthProblem, HealthReport } from '../monitoring/health-report.interface.js';
import { DEFAULT_DESK } from '../threads/thread-record.js';
import type { TelegramHealthOptions } from './telegram-health-options.interface.js';

const DEFAULTS = { oldestJobMs: 300_000, timeoutMs: 1_000 } as const;

/**
 * Says in a health check of `@nestjs/terminus` whether a desk works. `down` when no notice can reach the agents until
 * somebody mends that: the token is refused, the bot was removed from the chat, the chat is a wrong one or has no topics
 * though `mode` is `'topics'`, or a right is missing. `degraded` when something works worse than it could. With terminus 11, which has
 * no such state, `up` with `degraded: true`. An outage of Telegram is `degraded`: it would take down all instances at once.
 *
 * Telegram is asked once a minute at most for each desk, in the background, so that a request costs nothing. For readiness, not for liveness: no
 * restart mends what it finds.
 *
 * @publicApi
 *
 * @example
 * @Module({ imports: [TerminusModule], controllers: [HealthController], providers: [TelegramHealthIndicator] })
 * export class HealthModule {}
 *
 * @example
 * @Get('ready')
 * @HealthCheck()
 * ready() {
 *   return this.health.check([
 *     () => this.telegram.isHealthy('telegram'),
 *     () => this.telegram.isHealthy('sales-billing', { bot: 'sales', desk: 'billing' }),
 *   ]);
 * }
 */
@Injectable()
export class TelegramHealthIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly modules: ModuleRef,
  ) {}

  /**
   * @param key The name of the desk in the answer.
   * @throws `TelegramArgumentError` When no module has the name `bot`, or it has no such `desk`.
   */
  async isHealthy<const Key extends string>(
    key: Key,
    options: TelegramHealthOptions = {},
  ): Promise<HealthIndicatorResult<Key>> {
    const { desk = DEFAULT_DESK, timeoutMs = DEFAULTS.timeoutMs } = options;
    const { settings, health } = this.#find(options.bot);
    const session = this.indicators.check(key);
    if (!settings.isEnabled) return session.up({ enabled: false });
    if (!settings.desks.includes(desk)) throw unknownDesk(desk, settings.desks);
    const report = await health.reportOf(desk, timeoutMs);
    const found = report ? problemsOf(report, options) : [NOT_KNOWN_YET];
    const problems = found.filter(({ id }) => !options.ignore?.includes(id));
    const shown = problems.map((problem) => shownProblem(problem, options));
    const data = { enabled: true, ...(report && figuresOf(report)), problems: shown };
    if (problems.some(({ isFatal }) => isFatal)) return session.down(data);
    if (problems.length === 0) return session.up(data);
    // Terminus 11 has no such state.
    const canDegrade = Reflect.has(session, 'degraded');
    return canDegrade ? session.degraded(data) : session.up({ ...data, degraded: true });
  }

  #find(bot: string | undefined): BotInternals {
    try {
      return this.modules.get(getBotInternalsToken(bot), { strict: false });
    } catch (error) {
      if (!(error instanceof UnknownElementException)) throw error;
      const problem =
        bot === undefined
          ? 'the app imports no TelegramModule without a name'
          : `the app imports no TelegramModule with the name "${bot}"`;
      throw new TelegramArgumentError('isHealthy', ['bot'], [problem]);
    }
  }
}

/** The first look at the desk has not ended. */
const NOT_KNOWN_YET: HealthProblem = {
  id: 'telegram',
  status: 'warning',
  isFatal: false,
  finding: 'Telegram has not answered yet',
  remedy: 'Ask again in some seconds',
};

function unknownDesk(desk: string, desks: readonly string[]): TelegramArgumentError {
  const names = desks.map((name) => `"${name}"`).join(', ');
  return new TelegramArgumentError(
    'isHealthy',
    ['desk'],
    [`desk must be one of ${names}, and is "${desk}"`],
  );
}

function problemsOf(
  report: HealthReport,
  { oldestJobMs = DEFAULTS.oldestJobMs }: TelegramHealthOptions,
): readonly HealthProblem[] {
  const waitedMs = report.oldestJobMs ?? 0;
  const oldest: HealthProblem = {
    id: 'oldest-job',
    status: 'warning',
    isFatal: false,
    finding: `The oldest notice or reply that waits has waited for ${Math.round(waitedMs / 1000)} s`,
    why: 'Agents and customers do not see it yet',
    remedy: 'See the log for what holds it up: the rate limit, an outage, handlers that fail',
  };
  return waitedMs > oldestJobMs ? [...report.problems, oldest] : report.problems;
}

/** Without what is foreign text, or names somebody, unless that is wanted. */
function shownProblem(
  { id, status, finding, why, remedy }: HealthProblem,
  { verbose = false }: TelegramHealthOptions,
): object {
  return { check: id, status, ...(verbose && { finding, why, remedy }) };
}

function figuresOf({ checkedAt, oldestJobMs, pendingUpdates }: HealthReport): object {
  return { checkedAt: checkedAt.toISOString(), oldestJobMs, pendingUpdates };
}

import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { Timeouts } from '../../common/timeouts.js';
import { TtlMap } from '../../common/ttl-map.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { ErrorDescriber } from '../../errors/index.js';
import type { Agent } from '../../updates/agent.js';
import type { AgentDecision } from './agent-decision.interface.js';

/** How long an answer of the app holds, since an agent writes several messages in a row. */
const LIFE_MS = 10_000;

/** Telegram waits meanwhile, and with it the whole chat. */
const TIMEOUT_MS = 3_000;

/** Who may answer customers at a desk. */
@Injectable()
export class AgentRights {
  readonly #logger: ThrottledLogger;
  readonly #timeouts: Timeouts;
  readonly #decisions: TtlMap<Promise<boolean>>;

  constructor(
    private readonly settings: TelegramSettings,
    clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(AgentRights.name, errors);
    this.#timeouts = new Timeouts(clock);
    this.#decisions = new TtlMap(clock, LIFE_MS);
  }

  /** Never rejects: while the app does not decide, nobody may. */
  mayAnswer(agent: Agent): Promise<boolean> {
    const { agents } = this.settings;
    if (agents === null) return Promise.resolve(true);
    if (typeof agents !== 'function') return Promise.resolve(agents.has(agent.id));
    const key = JSON.stringify([agent.id, agent.userId]);
    const known = this.#decisions.get(key);
    if (known) return known;
    const decision = this.#ask(agents, agent);
    this.#decisions.set(key, decision);
    return decision;
  }

  async #ask(decide: AgentDecision, agent: Agent): Promise<boolean> {
    const { desk } = this.settings;
    try {
      const asked = Promise.resolve(agent).then((who) => decide({ ...who }, { desk }));
      // An app without types may return anything.
      const answer: unknown = await this.#timeouts.race(asked, TIMEOUT_MS, () => {
        throw new Error(`it did not answer within ${TIMEOUT_MS} ms`);
      });
      return answer === true;
    } catch (error) {
      const reason = this.#logger.describe(error);
      this.#logger.error(
        `The option agents could not decide whether somebody may answer at the desk "${desk}", so they may not: ${reason}`,
        reason,
      );
      return false;
    }
  }
}

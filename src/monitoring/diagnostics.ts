import { Inject, Injectable } from '@nestjs/common';
import { shorten } from '../common/shorten.js';
import { withTimeout } from '../common/with-timeout.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { Desks } from '../desk/desks.js';
import { ErrorDescriber } from '../errors/index.js';
import { DEFAULT_DESK } from '../threads/thread-record.js';
import { isRefusal, problemOfFailure } from './check-failure.js';
import { failed, skipped, unknown } from './check-outcome.js';
import type { BotFacts } from './bot-facts.js';
import type { DeskFacts } from './desk-facts.js';
import type { Diagnosis, DiagnosisCheck } from './diagnosis.interface.js';
import type { CheckOutcome, DiagnosticCheck } from './diagnostic-check.interface.js';

/** Injection token of the `DiagnosticCheck`s, in the order in which a message travels. */
export const DIAGNOSTIC_CHECKS = Symbol('TELEGRAM_DIAGNOSTIC_CHECKS');

/** How long a diagnosis may take. */
const TIMEOUT_MS = 10_000;

/** How long one call of the Bot API may take, so that one that hangs leaves time for others. */
const CALL_TIMEOUT_MS = 4_000;

/** The longest finding or remedy. */
const MAX_LENGTH = 1_000;

/** A check that was made, or could not be made. */
export interface ExaminedCheck extends DiagnosisCheck {
  /** Whether its failure says nothing of the desk, because Telegram or Redis did not answer, or not in time. */
  readonly isUnknown: boolean;
}

/** What was found out of a desk. */
export interface Examination {
  readonly facts: DeskFacts;
  readonly checks: readonly ExaminedCheck[];
}

/** Finds out whether messages get through, and what to do if not. Never rejects. */
@Injectable()
export class Diagnostics {
  constructor(
    private readonly settings: TelegramSettings,
    private readonly desks: Desks,
    @Inject(DIAGNOSTIC_CHECKS) private readonly checks: readonly DiagnosticCheck[],
    private readonly errors: ErrorDescriber,
  ) {}

  /** @param desk The name of a desk that exists. */
  async diagnose(desk: string): Promise<Diagnosis> {
    const { checks } = await this.examine(desk);
    return {
      ok: checks.every(({ status }) => status !== 'failed'),
      checks: checks.map(publicCheck),
    };
  }

  /**
   * The same, for whoever has to know more than people do.
   *
   * @param desk The name of a desk that exists.
   * @param known What is known of the bot already, by whoever examines its desks again and again.
   */
  async examine(desk: string, known?: BotFacts): Promise<Examination> {
    const { inspector } = await this.desks.get(desk);
    const facts = inspector.inspect({ timeoutMs: this.#callTimeoutMs }, known);
    const endsAtMs = performance.now() + TIMEOUT_MS;
    const checks: ExaminedCheck[] = [];
    /** By the id of each check that cannot be relied on, the id of the one that has failed. */
    const broken = new Map<string, string>();
    for (const check of this.checks) {
      const cause = check.needs.map((id) => broken.get(id)).find((id) => id !== undefined);
      const outcome = cause
        ? skipped(`Not checked, because the check "${cause}" has failed`)
        : await this.#run(check, facts, Math.ceil(endsAtMs - performance.now()));
      if (cause) broken.set(check.id, cause);
      else if (outcome.status === 'failed') broken.set(check.id, check.id);
      checks.push(this.#shown(check.id, outcome));
    }
    return { facts, checks };
  }

  /** Facts of the bot that are not known yet, for {@link examine}. */
  async inspectBot(): Promise<BotFacts> {
    const { inspector } = await this.desks.get(DEFAULT_DESK);
    return inspector.inspectBot({ timeoutMs: this.#callTimeoutMs });
  }

  get #callTimeoutMs(): number {
    return Math.min(this.settings.requestTimeoutMs, CALL_TIMEOUT_MS);
  }

  async #run(check: DiagnosticCheck, facts: DeskFacts, leftMs: number): Promise<CheckOutcome> {
    if (leftMs <= 0) {
      return unknown({
        finding: `Not checked in time: the checks before have taken ${TIMEOUT_MS / 1000} s`,
        remedy: 'Find out why Telegram or Redis answers so slowly, and diagnose again',
      });
    }
    try {
      return await withTimeout(Promise.resolve(check.run(facts)), leftMs);
    } catch (error) {
      const problem = problemOfFailure(error, facts, this.errors);
      return isRefusal(error) ? failed(problem) : unknown(problem);
    }
  }

  /** One line without secrets for each sentence, because what Telegram or Redis has said may be part of it. */
  #shown(id: string, outcome: CheckOutcome): ExaminedCheck {
    const { status, isUnknown = false, finding, why, remedy } = outcome;
    const clean = (text: string): string => shorten(this.errors.redact(text), MAX_LENGTH);
    return {
      id,
      status,
      isUnknown,
      finding: clean(finding),
      ...(why !== undefined && { why: clean(why) }),
      ...(remedy !== undefined && { remedy: clean(remedy) }),
    };
  }
}

function publicCheck({ isUnknown: _isUnknown, ...check }: ExaminedCheck): DiagnosisCheck {
  return check;
}

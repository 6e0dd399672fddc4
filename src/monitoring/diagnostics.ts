import { Inject, Injectable } from '@nestjs/common';
import { shorten } from '../common/shorten.js';
import { withTimeout } from '../common/with-timeout.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { Desks } from '../desk/desks.js';
import { ErrorDescriber } from '../errors/index.js';
import { problemOfFailure } from './check-failure.js';
import { failed, skipped } from './check-outcome.js';
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
    const { inspector } = await this.desks.get(desk);
    const timeoutMs = Math.min(this.settings.requestTimeoutMs, CALL_TIMEOUT_MS);
    const facts = inspector.inspect({ timeoutMs });
    const endsAtMs = performance.now() + TIMEOUT_MS;
    const checks: DiagnosisCheck[] = [];
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
    return { ok: checks.every(({ status }) => status !== 'failed'), checks };
  }

  async #run(check: DiagnosticCheck, facts: DeskFacts, leftMs: number): Promise<CheckOutcome> {
    if (leftMs <= 0) {
      return failed({
        finding: `Not checked in time: the checks before have taken ${TIMEOUT_MS / 1000} s`,
        remedy: 'Find out why Telegram or Redis answers so slowly, and diagnose again',
      });
    }
    try {
      return await withTimeout(Promise.resolve(check.run(facts)), leftMs);
    } catch (error) {
      return failed(problemOfFailure(error, facts.adminChat.id, this.errors));
    }
  }

  /** One line without secrets for each sentence, because what Telegram or Redis has said may be part of it. */
  #shown(id: string, { status, finding, why, remedy }: CheckOutcome): DiagnosisCheck {
    const clean = (text: string): string => shorten(this.errors.redact(text), MAX_LENGTH);
    return {
      id,
      status,
      finding: clean(finding),
      ...(why !== undefined && { why: clean(why) }),
      ...(remedy !== undefined && { remedy: clean(remedy) }),
    };
  }
}

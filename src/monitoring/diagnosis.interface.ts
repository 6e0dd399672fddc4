/**
 * What is known of a desk, from the options to the reaction below an agent's reply. Plain JSON, safe to paste into
 * an issue: it holds no token, no secret and nobody's text.
 *
 * @publicApi
 */
export interface Diagnosis {
  /** Whether no check has failed. */
  readonly ok: boolean;
  /** In the order in which a message travels. Always the same ids. */
  readonly checks: readonly DiagnosisCheck[];
}

/**
 * One thing that was looked at.
 *
 * @publicApi
 */
export interface DiagnosisCheck {
  /** Stable, in kebab case, such as `right-to-write`. */
  readonly id: string;
  /**
   * `failed` when messages do not get through, `warning` when something works worse than it could, `skipped` when it
   * does not apply, or cannot be known because of a check that has failed.
   */
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found. */
  readonly finding: string;
  /** Why it matters. */
  readonly why?: string;
  /** What to do. */
  readonly remedy?: string;
}

import { Injectable } from '@nestjs/common';
import type { Diagnosis } from './diagnosis.interface.js';
import type { Diagnostics } from './diagnostics.js';

/** Injection token whose instantiation makes the {@link Diagnostics} of a bot known to its {@link DeskDiagnosis}. */
export const DIAGNOSTICS_KNOWN = Symbol('TELEGRAM_DIAGNOSTICS_KNOWN');

/** Has a desk diagnosed from within. The `Diagnostics` look at the desks, so that no desk can have them injected. */
@Injectable()
export class DeskDiagnosis {
  #diagnostics: Pick<Diagnostics, 'diagnose'> | undefined;
  /** By desk, the diagnosis that is under way. */
  readonly #underWay = new Map<string, Promise<Diagnosis>>();

  /** Called when those of the bot are instantiated. */
  use(diagnostics: Pick<Diagnostics, 'diagnose'>): void {
    this.#diagnostics = diagnostics;
  }

  /**
   * Diagnoses a desk of the bot. Whoever asks while that is under way gets the same diagnosis.
   *
   * @param waitFor What has to end before the diagnosis begins.
   * @throws When it asks for a desk before the app has started.
   */
  of(desk: string, waitFor: () => Promise<void>): Promise<Diagnosis> {
    const known = this.#underWay.get(desk);
    if (known) return known;
    const diagnosis = this.#diagnose(desk, waitFor).finally(() => this.#underWay.delete(desk));
    this.#underWay.set(desk, diagnosis);
    return diagnosis;
  }

  async #diagnose(desk: string, waitFor: () => Promise<void>): Promise<Diagnosis> {
    await waitFor();
    if (!this.#diagnostics) throw new Error('The app has not started');
    return this.#diagnostics.diagnose(desk);
  }
}

import { Injectable } from '@nestjs/common';
import { failed, passed } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether the module is enabled. Options that cannot be used have stopped the boot. */
@Injectable()
export class OptionsCheck implements DiagnosticCheck {
  readonly id = 'options';
  readonly needs: readonly string[] = [];

  run({ settings }: DeskFacts): CheckOutcome {
    const { isEnabled, disabledBy, desk, mode, updates } = settings;
    if (isEnabled) return passed(`The desk "${desk}" has mode '${mode}' and updates '${updates}'`);
    return failed({
      finding: `The module is disabled: ${disabledBy}`,
      why: 'Its methods do nothing, and its webhook answers 404',
      remedy:
        'Set botToken (TELEGRAM_BOT_TOKEN) and adminChatId (TELEGRAM_ADMIN_CHAT_ID); with required: true the app does not start without them',
    });
  }
}

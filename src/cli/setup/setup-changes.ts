import type { TextOutput } from '../terminal/text-output.js';

/** What the setup has changed in Telegram, for whoever stops it before its end. */
export class SetupChanges {
  /** Where the webhook was that is removed now. */
  removedWebhook: string | undefined;
  /** How many updates no app gets any more. */
  takenUpdates = 0;

  write(output: TextOutput): void {
    if (this.removedWebhook !== undefined) {
      output.paragraph(
        `The webhook of ${this.removedWebhook} is removed: start your app, which registers it again.`,
        '! ',
        'yellow',
      );
    }
    if (this.takenUpdates > 0) {
      output.paragraph(
        `Updates that the setup has taken, which no app gets: ${this.takenUpdates}.`,
        '! ',
        'yellow',
      );
    }
  }
}

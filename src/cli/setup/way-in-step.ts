import { VARIABLES } from '../../config/environment-variables.js';
import { CommandError } from '../command.error.js';
import { problemOfOption } from './given-options.js';
import type { SetupSession } from './setup-session.js';
import { WAYS_IN } from './setup.options.js';
import type { Variables } from './variables-step.js';

/** Decides how updates reach the app. */
export class WayInStep {
  constructor(private readonly session: SetupSession) {}

  /** @throws {@link CommandError} When the URL of the webhook is not known, and nobody can be asked. */
  async run(): Promise<Variables> {
    const { options, output, questions } = this.session;
    let { updates } = options;
    if (!updates && questions.areAnswered) {
      output.paragraph(
        'How do replies reach your app? By polling it asks Telegram for them, which works everywhere. By a webhook Telegram sends them to the public URL of your app.',
      );
      updates = await questions.choose('Updates', WAYS_IN, 'polling');
    }
    if (updates !== 'webhook') return { [VARIABLES.updates]: 'polling' };
    const url = options.webhookUrl ?? (await this.#askForUrl());
    output.paragraph(
      `The secret of the webhook is derived from the token; set ${VARIABLES.webhookSecret} only if you want another one.`,
    );
    return { [VARIABLES.updates]: 'webhook', [VARIABLES.webhookUrl]: url };
  }

  async #askForUrl(): Promise<string> {
    const { output, questions } = this.session;
    const present = process.env[VARIABLES.webhookUrl];
    if (!questions.areAnswered && !present) {
      throw new CommandError(`--updates webhook needs --webhook-url, or ${VARIABLES.webhookUrl}`);
    }
    for (;;) {
      const url = questions.areAnswered
        ? await questions.ask('Public URL of your app, without the path of the webhook', present)
        : (present ?? '');
      const problem = url === '' ? 'wants a URL' : problemOfOption('webhookUrl', url);
      if (problem === undefined) return url;
      if (!questions.areAnswered) throw new CommandError(`${VARIABLES.webhookUrl} ${problem}`);
      output.paragraph(`It ${problem}`, '✗ ', 'red');
    }
  }
}

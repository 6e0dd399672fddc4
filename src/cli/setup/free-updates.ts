import type { WebhookInfo } from '@grammyjs/types';
import type { BotApiClient } from '../../bot/bot-api-client.js';
import { CommandError } from '../command.error.js';
import type { SetupSession } from './setup-session.js';

/**
 * Makes sure that the setup may take the updates of the bot, and that no webhook does. Nothing is changed before all is
 * allowed.
 *
 * @returns The webhook and the updates as they were.
 * @throws {@link CommandError} When something is not allowed.
 */
export async function freeUpdates(api: BotApiClient, session: SetupSession): Promise<WebhookInfo> {
  const { options, output, changes, signal } = session;
  const info = await api.call('getWebhookInfo', undefined, { signal });
  const { url, pending_update_count: pending } = info;
  // Of another app no more is shown, because a path may hold a secret.
  const place = url && URL.canParse(url) ? new URL(url).origin : 'another URL';
  if (url && !options.replaceWebhook) {
    const found = `a webhook is registered at ${place}, which takes the updates that the setup needs`;
    const otherwise =
      'If no app needs it any more, or yours registers it anew when it starts, pass --replace-webhook; else take another bot';
    await allow(session, found, 'Remove it?', otherwise);
  }
  if (pending > 0 && !options.dropUpdates) {
    const found = `the bot has updates that no app has taken yet, such as replies of agents: ${pending}. The setup takes them, so that no app gets them`;
    const otherwise =
      'Let your app take them, and stop it then; or pass --drop-updates if nobody needs them';
    await allow(session, found, 'Take them?', otherwise);
  }
  if (url) {
    await api.call('deleteWebhook', undefined, { signal });
    changes.removedWebhook = place;
    output.paragraph(
      `The webhook at ${place} was removed. An app that is set up for it registers it again when it starts`,
      '! ',
      'yellow',
    );
  }
  return info;
}

/** @throws {@link CommandError} When nobody allows it. */
async function allow(
  { output, questions }: SetupSession,
  found: string,
  question: string,
  otherwise: string,
): Promise<void> {
  if (questions.areAnswered) {
    output.paragraph(`There is a problem: ${found}`, '! ', 'yellow');
    if (await questions.confirm(question, false)) return;
  }
  throw new CommandError(`${found}. ${otherwise}`);
}

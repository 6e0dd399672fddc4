import type { BotApiCall } from './http/bot-api-call.js';
import type { BotAccount } from './world/bot-account.js';

/** The calls in one line, for errors of tests. */
export function describeCalls(calls: readonly BotApiCall[]): string {
  const methods = calls.map((call) => `${call.method} ${call.status ?? '(no answer)'}`);
  return `Calls: ${methods.join(', ') || 'none'}`;
}

/** What waits for delivery and why, for errors of tests. */
export function describeQueue(bots: readonly BotAccount[]): string {
  return bots
    .map(({ user, updates, dispatcher }) => {
      const error = dispatcher.lastError?.message ?? 'none';
      const webhook = dispatcher.settings?.url ?? 'none';
      return `${user.username}: ${updates.size} updates. Webhook: ${webhook}; its last error: ${error}`;
    })
    .join('; ');
}

/** What in the calls the Bot API does not know; undefined when there is nothing. */
export function describeProblems(calls: readonly BotApiCall[]): string | undefined {
  const lines = calls.flatMap(({ problems }, index) =>
    problems.map((problem) => `  call ${index + 1}: ${problem}`),
  );
  if (lines.length === 0) return undefined;
  const count = calls.filter(({ problems }) => problems.length > 0).length;
  return `${count} of ${calls.length} calls are not as the Bot API documents them:\n${lines.join('\n')}`;
}

/** What may be why nothing came, a sentence each; nothing when all looks well. */
export function describeTrouble(
  bots: readonly BotAccount[],
  calls: readonly BotApiCall[],
): string[] {
  if (calls.length === 0) return ['The bot has made no call.'];
  const failed = describeLastFailure(calls);
  const isPolled = calls.some(({ method }) => method.toLowerCase() === 'getupdates');
  const sentences = bots.flatMap((bot) => describeDelivery(bot, isPolled));
  return failed === undefined ? sentences : [`The last call that failed: ${failed}.`, ...sentences];
}

/** The last call that was not answered as a bot wants it, and how; undefined when there is none. */
export function describeLastFailure(calls: readonly BotApiCall[]): string | undefined {
  const call = calls.findLast(({ status }) => status !== null && status >= 400);
  if (!call) return undefined;
  const { method, status, response } = call;
  const description = response?.ok === false ? ` ${response.description}` : '';
  return `${method} was answered ${status}${description}`;
}

function describeDelivery({ updates, dispatcher }: BotAccount, isPolled: boolean): string[] {
  const waiting = `${updates.size} ${updates.size === 1 ? 'update waits' : 'updates wait'}`;
  const { settings, lastError } = dispatcher;
  if (!settings) return isPolled ? [] : [`No webhook is registered; ${waiting}.`];
  if (!lastError) return [];
  return [`The last delivery to ${settings.url} failed: ${lastError.message}; ${waiting}.`];
}

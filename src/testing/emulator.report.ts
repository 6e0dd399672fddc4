import type { BotApiCall } from './http/bot-api.call.js';
import type { BotAccount } from './world/bot.account.js';

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

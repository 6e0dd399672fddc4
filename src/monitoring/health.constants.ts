/** The checks without which no notice can reach the agents. */
export const FATAL: ReadonlySet<string> = new Set([
  'token',
  'chat',
  'chat-type',
  'membership',
  'right-to-write',
  'topics',
  'right-to-manage-topics',
]);

/** Their warnings are advice on the setup: they stay the same until somebody changes that, and an alert would never end. */
export const ADVICE: ReadonlySet<string> = new Set([
  'redis-eviction',
  'redis-persistence',
  'proxy',
  'bot-settings',
  'chat-id',
  'anonymity',
  'administrator',
  'privacy-mode',
  'commands',
]);

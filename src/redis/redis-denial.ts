/**
 * Why Redis denies a command on any connection: its user may not run it or may not use its key, the command
 * does not exist, memory is full, or the server accepts no writes.
 */
export type RedisDenial = 'command' | 'key' | 'unknown' | 'memory' | 'writes';

/** The messages of Redis 6.2 to 8; inside a script they differ. */
const WORDS: ReadonlyArray<[RedisDenial, RegExp]> = [
  ['command', /permissions? to run|can't run this command/],
  ['key', /permissions? to access|can't access at least one of the keys/],
  ['unknown', /unknown (?:redis )?command/i],
  ['memory', /\bOOM command not allowed\b/],
  ['writes', /\bMISCONF\b/],
];

/** Undefined when the error is not an answer of Redis, or no denial. */
export function denialOf(error: unknown): RedisDenial | undefined {
  const answer = answerIn(error);
  return answer && WORDS.find(([, words]) => words.test(answer.message))?.[0];
}

/** Whether the error is an answer of Redis. */
export function isRedisAnswer(error: unknown): boolean {
  return answerIn(error) !== undefined;
}

/**
 * Whether the error is an answer to another command: when a client cannot connect, all commands that wait fail
 * with the answer to a command of the handshake.
 */
export function isAnswerToAnother(error: unknown, command: string): boolean {
  if (!(error instanceof Error) || !('command' in error)) return false;
  const failed = error.command;
  if (typeof failed !== 'object' || failed === null || !('name' in failed)) return false;
  return String(failed.name).toLowerCase() !== command.toLowerCase();
}

/** The cluster client wraps the answer of the last node. */
function answerIn(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'ReplyError') return error;
  return 'lastNodeError' in error ? answerIn(error.lastNodeError) : undefined;
}

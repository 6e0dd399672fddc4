/**
 * Why Redis denies a command, on whatever connection: its user may not run it, or may not use its key, there
 * is no such command, there is no memory for it, or the server takes no writes.
 */
export type RedisDenial = 'command' | 'key' | 'unknown' | 'memory' | 'writes';

/** By the words of Redis 6.2 to 8, of which those to a script differ from those to a client. */
const WORDS: ReadonlyArray<[RedisDenial, RegExp]> = [
  ['command', /permissions? to run|can't run this command/],
  ['key', /permissions? to access|can't access at least one of the keys/],
  ['unknown', /unknown (?:redis )?command/i],
  ['memory', /\bOOM command not allowed\b/],
  ['writes', /\bMISCONF\b/],
];

/** Undefined when it is no answer of Redis's, or one that says something else. */
export function denialOf(error: unknown): RedisDenial | undefined {
  const answer = answerIn(error);
  return answer && WORDS.find(([, words]) => words.test(answer.message))?.[0];
}

/** Whether it is an error that Redis has answered with, whatever it says. */
export function isRedisAnswer(error: unknown): boolean {
  return answerIn(error) !== undefined;
}

/**
 * Whether it is an answer to another command: when a client cannot connect, all that waits in it fails with
 * what its own question was answered with.
 */
export function isAnswerToAnother(error: unknown, command: string): boolean {
  if (!(error instanceof Error) || !('command' in error)) return false;
  const asked = error.command;
  if (typeof asked !== 'object' || asked === null || !('name' in asked)) return false;
  return String(asked.name).toLowerCase() !== command.toLowerCase();
}

/** The client of a cluster wraps what the last node has answered. */
function answerIn(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'ReplyError') return error;
  return 'lastNodeError' in error ? answerIn(error.lastNodeError) : undefined;
}

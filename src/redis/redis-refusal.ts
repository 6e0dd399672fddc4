/** Errors that may not occur on another connection, each with its cause and remedy. */
const REMEDIES: Readonly<Record<string, string>> = {
  READONLY:
    'the connection leads to a replica; the address in the option redis has to lead to the primary',
  LOADING: 'it is still reading its data',
  MASTERDOWN:
    'the connection leads to a replica that has lost its primary; the address in the option redis has to lead to the primary',
  NOREPLICAS: 'it has too few replicas; restore them, or let the address lead to another primary',
  CLUSTERDOWN: 'a part of the cluster has no primary',
  UNBLOCKED: 'it has become a replica',
  NOAUTH: 'it requires a password; set it in the option redis',
  WRONGPASS: 'it rejects the password; correct it in the option redis, or allow it on the server',
};

/** The error code. Redis 6 puts that of a command in a script behind a prefix of its own. */
const WORD = new RegExp(
  `^(?:ERR Error running script \\(call to f_[0-9a-f]+\\): @user_script:.*?-|Ready check failed: )?(${Object.keys(REMEDIES).join('|')})\\b`,
);

/** The commands that ioredis sends while it connects; when one is refused, ioredis reconnects by itself. */
const HANDSHAKE: ReadonlySet<string> = new Set([
  'auth',
  'hello',
  'info',
  'select',
  'client',
  'readonly',
]);

/** An error after which the same command may succeed on another connection, or later. Redis has done nothing. */
export class RedisRefusal {
  private constructor(
    /** Such as `READONLY`. */
    readonly word: string,
    /** The cause, and what to do. */
    readonly remedy: string,
  ) {}

  /** Undefined when another connection would not help. */
  static of({ message }: Error): RedisRefusal | undefined {
    const word = WORD.exec(message)?.[1];
    const remedy = word && REMEDIES[word];
    return word && remedy ? new RedisRefusal(word, remedy) : undefined;
  }

  /** Whether an error is about a command that the client sends while it connects. */
  static isOfHandshake(error: Error): boolean {
    if (!('command' in error)) return false;
    const { command } = error;
    if (typeof command !== 'object' || command === null || !('name' in command)) return false;
    return HANDSHAKE.has(String(command.name));
  }
}

/** Refusals that a command on another connection may be spared, with what to do if they do not end. */
const REMEDIES: Readonly<Record<string, string>> = {
  READONLY:
    'it leads to a replica; see to it that the address in the option redis leads to the primary',
  LOADING: 'it is still reading its data',
  MASTERDOWN:
    'it leads to a replica that has lost its primary; see to it that the address leads to the primary',
  NOREPLICAS: 'it has lost its replicas; see to them, or that the address leads to another primary',
  CLUSTERDOWN: 'a part of the cluster has no primary',
  UNBLOCKED: 'it has become a replica',
  NOAUTH: 'it wants a password; set it in the option redis',
  WRONGPASS:
    'it refuses the password; set the right one in the option redis, or allow this one on the server',
};

/** The word that a refusal begins with. Redis 6 puts that of a command in a script at the end of its message. */
const WORD = new RegExp(
  `^(?:ERR Error running script \\(call to f_[0-9a-f]+\\): @user_script:.*?-|Ready check failed: )?(${Object.keys(REMEDIES).join('|')})\\b`,
);

/** Sent by the client while it connects; when one is refused the client tries again by itself. */
const HANDSHAKE: ReadonlySet<string> = new Set([
  'auth',
  'hello',
  'info',
  'select',
  'client',
  'readonly',
]);

/** An answer of a Redis that only another connection, or the same one later, can mend: nothing was done. */
export class RedisRefusal {
  private constructor(
    /** Such as `READONLY`. */
    readonly word: string,
    /** What is wrong, and what to do. */
    readonly remedy: string,
  ) {}

  /** What an error says; undefined when another connection would not help. */
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

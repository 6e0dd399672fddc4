/** What sends the events: the module, or a controller that only calls `response.write()`. */
export type StreamServerName = 'bare controller' | 'module';

/** How many threads there are, and how many read each. */
export interface StreamShape {
  readonly threads: number;
  readonly readers: number;
}

/** What a server is to do. */
export type StreamServerTask =
  | { readonly start: StreamServerName; readonly threads: number }
  /** A message to each thread. */
  | { readonly send: true }
  /** Its memory (RSS) in bytes, after a collection of garbage. */
  | { readonly memory: true };

/** What the clients are to do: open their streams, or wait until each has got one more message. */
export type StreamClientTask =
  { readonly open: string; readonly shape: StreamShape } | { readonly wave: true };

/** What became of a message to each thread. */
export interface Wave {
  /** From the first message that was sent until the last one had arrived. */
  readonly ms: number;
  /** Of each reader. */
  readonly latenciesMs: readonly number[];
}

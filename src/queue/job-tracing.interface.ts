/** Names a place in a trace, as W3C Trace Context writes it (https://www.w3.org/TR/trace-context/). Plain JSON. */
export interface TraceContext {
  readonly traceparent: string;
  readonly tracestate?: string | undefined;
}

/** Takes a trace from whoever enqueues a job to whoever processes it, in this process or another. */
export interface JobTracing {
  /** What a job keeps of the trace that is active; undefined when there is none. */
  capture(): TraceContext | undefined;

  /** Does the work as part of a trace; without one, as part of none, whatever is active. */
  run<R>(trace: TraceContext | undefined, work: () => R): R;
}

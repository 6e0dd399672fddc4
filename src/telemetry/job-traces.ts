import type { JobTracing, TraceContext } from '../queue/job-tracing.interface.js';
import type { OpenTelemetry } from './open-telemetry.js';
import { spanContextOf, traceContextOf } from './trace-context.js';

/** Takes the trace of the app's request, or of an update, with the jobs that it enqueues. */
export class JobTraces implements JobTracing {
  readonly #telemetry: OpenTelemetry;

  constructor(telemetry: OpenTelemetry) {
    this.#telemetry = telemetry;
  }

  capture(): TraceContext | undefined {
    const { context, trace, isSpanContextValid } = this.#telemetry.api;
    const active = trace.getSpanContext(context.active());
    return active && isSpanContextValid(active) ? traceContextOf(active) : undefined;
  }

  run<R>(stored: TraceContext | undefined, work: () => R): R {
    const { api } = this.#telemetry;
    const { context, trace, ROOT_CONTEXT } = api;
    const parent = spanContextOf(api, stored);
    const active = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
    return context.with(active, work);
  }
}

/** For jobs that stand for many threads, such as a reminder: they belong to the trace of nobody. */
export class NoJobTraces extends JobTraces {
  override capture(): undefined {
    return undefined;
  }
}

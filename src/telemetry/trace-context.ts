import type { SpanContext } from '@opentelemetry/api';
import type { TraceContext } from '../queue/job-tracing.interface.js';

type Api = typeof import('@opentelemetry/api');

/** The fields of version 00, of which later versions only append more. */
const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})/;

/**
 * Writes what `traceparent` and `tracestate` say. Not by the propagator of the app, which would store its baggage with
 * it, such as the address of a customer.
 */
export function traceContextOf(context: SpanContext): TraceContext {
  const { traceId, spanId, traceFlags, traceState } = context;
  const flags = traceFlags.toString(16).padStart(2, '0');
  const tracestate = traceState?.serialize();
  return { traceparent: `00-${traceId}-${spanId}-${flags}`, ...(tracestate && { tracestate }) };
}

/** Reads what {@link traceContextOf} has written, in this process or another; undefined when it is something else. */
export function spanContextOf(api: Api, trace: TraceContext | undefined): SpanContext | undefined {
  const [, traceId = '', spanId = '', flags = ''] =
    TRACEPARENT.exec(trace?.traceparent ?? '') ?? [];
  const { tracestate } = trace ?? {};
  const context: SpanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
    ...(tracestate && { traceState: api.createTraceState(tracestate) }),
  };
  return api.isSpanContextValid(context) ? context : undefined;
}

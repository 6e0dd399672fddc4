import * as api from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { spanContextOf, traceContextOf } from './trace-context.js';

const SAMPLED = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('A trace context', () => {
  it('is read as it was written, with the state of vendors', () => {
    const trace = { traceparent: SAMPLED, tracestate: 'vendor=1,other=2' };
    const read = spanContextOf(api, trace);
    expect(read).toMatchObject({
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      spanId: '00f067aa0ba902b7',
      traceFlags: 1,
      isRemote: true,
    });
    expect(read && traceContextOf(read)).toEqual(trace);
  });

  it('keeps that nothing is to be recorded', () => {
    const trace = { traceparent: SAMPLED.replace(/01$/, '00') };
    const read = spanContextOf(api, trace);
    expect(read?.traceFlags).toBe(0);
    expect(read && traceContextOf(read)).toEqual(trace);
  });

  it('of a later version is read as far as this one knows it', () => {
    const later = `cc${SAMPLED.slice(2)}-what-comes`;
    expect(spanContextOf(api, { traceparent: later })?.spanId).toBe('00f067aa0ba902b7');
  });

  it.each([
    undefined,
    '',
    'nothing of that kind',
    SAMPLED.replace('4bf92f3577b34da6a3ce929d0e0e4736', '0'.repeat(32)),
    SAMPLED.replace('00f067aa0ba902b7', '0'.repeat(16)),
    SAMPLED.toUpperCase(),
  ])('that is %j is none', (traceparent) => {
    expect(spanContextOf(api, traceparent === undefined ? undefined : { traceparent })).toBe(
      undefined,
    );
  });
});

import { Logger } from '@nestjs/common';
import type { Context, Meter, Span, SpanOptions, Tracer } from '@opentelemetry/api';
import { errorText } from '../errors/index.js';
import { failureOf } from './error-type.js';

type Api = typeof import('@opentelemetry/api');

/** The scope of all spans and metrics. */
const SCOPE = 'nestjs-telegram-support';

/**
 * By this key of a context SDKs know that they are to record nothing. Documented is only `suppressTracing` of
 * `@opentelemetry/core`, a package that not all apps have; the key is the same in its versions 1 and 2.
 */
const SUPPRESSED = 'OpenTelemetry SDK Context Key SUPPRESS_TRACING';

/**
 * The API of OpenTelemetry, through which the app's SDK gets spans and metrics. Without an SDK all of it does nothing,
 * and without the package `@opentelemetry/api` there is no instance.
 */
export class OpenTelemetry {
  readonly api: Api;
  readonly meter: Meter;
  readonly #tracer: Tracer;
  readonly #suppressed: symbol;

  constructor(api: Api) {
    this.api = api;
    this.meter = api.metrics.getMeter(SCOPE);
    this.#tracer = api.trace.getTracer(SCOPE);
    this.#suppressed = api.createContextKey(SUPPRESSED);
  }

  /** Null where the package is not installed, or cannot be loaded: a desk works without it. */
  static async load(): Promise<OpenTelemetry | null> {
    try {
      return new OpenTelemetry(await import('@opentelemetry/api'));
    } catch (error) {
      new Logger(OpenTelemetry.name).debug(`No metrics and traces: ${errorText(error)}`);
      return null;
    }
  }

  /**
   * Does the work in a span, which is active meanwhile and ends with it. Of an error the span says its class and the
   * code of the Bot API, never its words, which may be a customer's.
   *
   * @param parent By default what is active.
   */
  async span<T>(
    name: string,
    options: SpanOptions,
    work: (span: Span) => Promise<T>,
    parent: Context = this.api.context.active(),
  ): Promise<T> {
    const { context, trace, SpanStatusCode } = this.api;
    const span = this.#tracer.startSpan(name, options, parent);
    try {
      return await context.with(trace.setSpan(parent, span), work, undefined, span);
    } catch (error) {
      const { type, className } = failureOf(error);
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute('error.type', type);
      span.addEvent('exception', { 'exception.type': className });
      throw error;
    } finally {
      span.end();
    }
  }

  /** Does the work as part of no trace, whatever is active. */
  outside<R>(work: () => R): R {
    return this.api.context.with(this.api.ROOT_CONTEXT, work);
  }

  /**
   * Does the work without any span in it. Every URL of Telegram has the token of the bot in it, and what instruments
   * HTTP would record it.
   */
  silently<R>(work: () => R): R {
    const { context } = this.api;
    return context.with(context.active().setValue(this.#suppressed, true), work);
  }
}

import { context, metrics, trace, type Attributes } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { DataPointType, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';

class PulledReader extends MetricReader {
  protected onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/** One value of a metric: of a histogram, its count. */
export interface Point {
  readonly attributes: Attributes;
  readonly value: number;
}

/** The real SDK of OpenTelemetry, which keeps what it gets in memory. One at a time: the API is global. */
export class RecordingSdk {
  readonly #exporter = new InMemorySpanExporter();
  readonly #reader = new PulledReader();

  private constructor() {
    const tracers = new BasicTracerProvider({
      spanProcessors: [new SimpleSpanProcessor(this.#exporter)],
    });
    trace.setGlobalTracerProvider(tracers);
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [this.#reader] }));
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  }

  /** Call it before the desk starts, as an app does. */
  static start(): RecordingSdk {
    return new RecordingSdk();
  }

  stop(): void {
    for (const api of [trace, metrics, context]) api.disable();
  }

  /** Those that have ended, by name. */
  spans(name?: string): ReadableSpan[] {
    const spans = this.#exporter.getFinishedSpans();
    return name === undefined ? spans : spans.filter((span) => span.name === name);
  }

  /** Does something in a span of the app's. */
  inSpan<T>(name: string, work: () => Promise<T>): Promise<T> {
    return trace.getTracer('app').startActiveSpan(name, async (span) => {
      try {
        return await work();
      } finally {
        span.end();
      }
    });
  }

  /** The points of a metric; empty when it has none. */
  async points(name: string): Promise<Point[]> {
    const { resourceMetrics } = await this.#reader.collect();
    const all = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    return all
      .filter(({ descriptor }) => descriptor.name === name)
      .flatMap(({ dataPointType: type, dataPoints }) =>
        dataPoints.map(({ attributes, value }) => ({
          attributes,
          value:
            type === DataPointType.HISTOGRAM && typeof value === 'object'
              ? value.count
              : Number(value),
        })),
      );
  }

  /** What a Prometheus would read. */
  async scraped(): Promise<string> {
    const { resourceMetrics } = await this.#reader.collect();
    return new PrometheusSerializer().serialize(resourceMetrics);
  }
}

/** What a span says, with its events and links, as text. */
export function textOfSpan({ name, attributes, events, links, status }: ReadableSpan): string {
  return JSON.stringify({ name, attributes, events, links, status });
}

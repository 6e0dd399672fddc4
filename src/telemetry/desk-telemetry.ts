import { Inject, Injectable } from '@nestjs/common';
import type { Attributes, Histogram, Link } from '@opentelemetry/api';
import { TelegramSettings } from '../config/telegram-settings.js';
import { typeOfHandler } from '../events/handler-name.js';
import type { Job } from '../queue/job.interface.js';
import { failureOf } from './error-type.js';
import { OpenTelemetry } from './open-telemetry.js';
import {
  CALL_SECONDS,
  deskAttributes,
  destinationOf,
  ERROR_TYPE,
  EVENT_TYPE,
  HANDLER,
  JOB_TYPE,
  OPERATION_NAME,
  OPERATION_TYPE,
} from './telemetry-attributes.js';
import { spanContextOf } from './trace-context.js';

/** Traces what goes through a desk, and measures the app's handlers. */
@Injectable()
export class DeskTelemetry {
  readonly #attributes: Attributes;
  readonly #destination: string;
  readonly #handled: Histogram | undefined;

  constructor(
    @Inject(OpenTelemetry) private readonly telemetry: OpenTelemetry | null,
    { bot, desk }: TelegramSettings,
  ) {
    this.#attributes = deskAttributes(bot, desk);
    this.#destination = destinationOf(desk);
    this.#handled = telemetry?.meter.createHistogram('messaging.process.duration', {
      description: 'How long a handler of the app, or the method of a command, takes.',
      unit: 's',
      advice: { explicitBucketBoundaries: CALL_SECONDS },
    });
  }

  /** Queues what the app says, in a span to which all that becomes of it belongs. */
  send<T>(type: string, work: () => Promise<T>): Promise<T> {
    const { telemetry } = this;
    if (!telemetry) return work();
    const kind = telemetry.api.SpanKind.PRODUCER;
    const attributes = this.#of('send', 'send', { [JOB_TYPE]: type });
    return telemetry.span(`send ${this.#destination}`, { kind, attributes }, work);
  }

  /** Posts one message of as many jobs: a span in the trace of the first one, with links to the others. */
  post<T>(jobs: ReadonlyArray<Pick<Job<unknown>, 'trace'>>, work: () => Promise<T>): Promise<T> {
    const { telemetry } = this;
    if (!telemetry) return work();
    const links = jobs.slice(1).flatMap(({ trace }): Link | Link[] => {
      const context = spanContextOf(telemetry.api, trace);
      return context ? { context } : [];
    });
    const attributes = this.#of('post', 'process', {
      'messaging.batch.message_count': jobs.length,
    });
    const options = { kind: telemetry.api.SpanKind.CONSUMER, attributes, links };
    return telemetry.span(`post ${this.#destination}`, options, work);
  }

  /** Has a method of the app do its work in a span, so that those of the app are its children. */
  async process<T>(handler: string, work: () => Promise<T>): Promise<T> {
    const { telemetry } = this;
    if (!telemetry) return work();
    const named = { [HANDLER]: handler, [EVENT_TYPE]: typeOfHandler(handler) };
    let attributes = this.#of('process', 'process', named);
    const options = { kind: telemetry.api.SpanKind.CONSUMER, attributes };
    const startedAtMs = performance.now();
    try {
      return await telemetry.span(`process ${this.#destination}`, options, work);
    } catch (error) {
      attributes = { ...attributes, [ERROR_TYPE]: failureOf(error).type };
      throw error;
    } finally {
      this.#handled?.record((performance.now() - startedAtMs) / 1_000, attributes);
    }
  }

  #of(name: string, type: string, more: Attributes): Attributes {
    return { ...this.#attributes, [OPERATION_NAME]: name, [OPERATION_TYPE]: type, ...more };
  }
}

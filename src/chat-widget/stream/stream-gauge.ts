import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { ObservableCallback } from '@opentelemetry/api';
import { BotInternals } from '../../bot-internals.js';
import { BOT } from '../../telemetry/telemetry-attributes.js';
import { OpenStreams } from './open-streams.js';

/** Measures how many streams this process has open. */
@Injectable()
export class StreamGauge implements OnApplicationBootstrap, OnModuleDestroy {
  #stop: () => void = () => undefined;

  constructor(
    private readonly streams: OpenStreams,
    private readonly bot: BotInternals,
  ) {}

  onApplicationBootstrap(): void {
    const { telemetry, settings } = this.bot;
    if (!telemetry) return;
    const gauge = telemetry.meter.createObservableUpDownCounter('telegram_support.chat.streams', {
      description: 'Streams of the chat that customers have open in this process.',
      unit: '{stream}',
    });
    const attributes = { [BOT]: settings.bot };
    const observe: ObservableCallback = (result) => result.observe(this.streams.size, attributes);
    gauge.addCallback(observe);
    this.#stop = () => gauge.removeCallback(observe);
  }

  onModuleDestroy(): void {
    this.#stop();
  }
}

import type { Provider } from '@nestjs/common';
import { chatProviders } from '../chat/chat.providers.js';
import { DeadLetterNotifier } from '../dead-letters/dead-letter-notifier.js';
import { outgoingFileProviders } from '../files/outgoing-file.providers.js';
import { ThreadDescriptions } from '../context/thread-descriptions.js';
import { ThreadHistories } from '../history/thread-histories.js';
import { deskMonitoringProviders } from '../monitoring/desk-monitoring.providers.js';
import { inboundProviders } from '../inbound/inbound.providers.js';
import { outboundProviders } from '../outbound/outbound.providers.js';
import { deskStorageProviders } from '../storage/storage.providers.js';
import { deskTelemetryProviders } from '../telemetry/telemetry.providers.js';
import { timerProviders } from '../timers/timer.providers.js';
import { Desk } from './desk.js';
import { DeskCheck } from './desk-check.js';
import { DeskTraces } from './desk-traces.js';
import { DeskEvents } from './desk-events.js';
import { ThreadExporter } from './thread-exporter.js';
import { TopicCheck } from './topic-check.js';
import { deskQueueProviders } from './desk-queue.providers.js';

/** Everything that works for one admin chat. */
export const deskProviders: Provider[] = [
  DeadLetterNotifier,
  Desk,
  DeskCheck,
  DeskEvents,
  ThreadDescriptions,
  DeskTraces,
  ThreadExporter,
  ThreadHistories,
  TopicCheck,
  ...chatProviders,
  ...deskMonitoringProviders,
  ...deskStorageProviders,
  ...deskQueueProviders,
  ...outgoingFileProviders,
  ...outboundProviders,
  ...inboundProviders,
  ...timerProviders,
  ...deskTelemetryProviders,
];

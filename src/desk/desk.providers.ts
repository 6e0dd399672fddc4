import type { Provider } from '@nestjs/common';
import { chatProviders } from '../chat/chat.providers.js';
import { DeadLetterNotifier } from '../dead-letters/dead-letter-notifier.js';
import { DeadLetters } from '../dead-letters/dead-letters.js';
import { INBOUND_QUEUE } from '../inbound/inbound.constants.js';
import type { InboundEvent, InboundProgress } from '../inbound/inbound-event.interface.js';
import { inboundProviders } from '../inbound/inbound.providers.js';
import { OUTBOUND_QUEUE } from '../outbound/outbound.constants.js';
import type { OutboundJob, OutboundProgress } from '../outbound/outbound-job.interface.js';
import { outboundProviders } from '../outbound/outbound.providers.js';
import type { OrderedQueue } from '../queue/ordered-queue.js';
import { deskStorageProviders } from '../storage/storage.providers.js';
import { Desk } from './desk.js';
import { DeskCheck } from './desk-check.js';
import { DeskEvents } from './desk-events.js';
import { deskQueueProviders } from './desk-queue.providers.js';

/** Everything that works for one admin chat. */
export const deskProviders: Provider[] = [
  DeadLetterNotifier,
  Desk,
  DeskCheck,
  DeskEvents,
  ...chatProviders,
  ...deskStorageProviders,
  ...deskQueueProviders,
  ...outboundProviders,
  ...inboundProviders,
  {
    provide: DeadLetters,
    inject: [OUTBOUND_QUEUE, INBOUND_QUEUE],
    useFactory: (
      outbound: OrderedQueue<OutboundJob, OutboundProgress>,
      inbound: OrderedQueue<InboundEvent, InboundProgress>,
    ) => new DeadLetters({ outbound, inbound }),
  },
];

import { Inject, Injectable } from '@nestjs/common';
import { AdminChat } from '../chat/admin-chat.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { Acknowledgements } from '../inbound/acknowledgements.js';
import { InboundService } from '../inbound/inbound.service.js';
import { ReplySubscription } from '../inbound/reply-subscription.js';
import { OUTBOUND_QUEUE } from '../outbound/outbound.constants.js';
import type { OutboundJob, OutboundProgress } from '../outbound/outbound-job.interface.js';
import { OutboundProcessor } from '../outbound/outbound.processor.js';
import { OutboundService } from '../outbound/outbound.service.js';
import { OrderedQueue } from '../queue/ordered-queue.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { DeskCheck } from './desk-check.js';

/** Starts and stops what works for one admin chat. */
@Injectable()
export class Desk {
  constructor(
    private readonly outbound: OutboundService,
    @Inject(OUTBOUND_QUEUE)
    private readonly outboundQueue: OrderedQueue<OutboundJob, OutboundProgress>,
    private readonly outboundProcessor: OutboundProcessor,
    private readonly inbound: InboundService,
    private readonly subscription: ReplySubscription,
    private readonly acknowledgements: Acknowledgements,
    private readonly adminChat: AdminChat,
    private readonly check: DeskCheck,
    private readonly settings: TelegramSettings,
    private readonly storage: DeskStorage,
  ) {}

  /** Starts to post notices, to process replies and to check bot and chat. Waits for nothing. */
  start(): void {
    const { updates, replies } = this.settings;
    const restored = this.adminChat.restore();
    if (updates !== 'off') this.check.start(restored);
    this.outboundQueue.process(this.outboundProcessor);
    if (!replies.isOn && this.storage.isDurable) return;
    this.subscription.start();
    this.acknowledgements.start();
  }

  /** Cancels the check, if it is still running. */
  async stopCheck(): Promise<void> {
    await this.check.stop();
  }

  /** Takes no more replies, and finishes those that are being processed: for 10 s at most. */
  async stopReceiving(): Promise<void> {
    this.subscription.stop();
    await this.inbound.close();
  }

  /** Finishes the notices that are being sent, for 10 s at most, and closes the storage. */
  async close(): Promise<void> {
    await this.outbound.close();
    await this.storage.close();
  }
}

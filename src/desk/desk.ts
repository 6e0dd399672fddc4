import { Inject, Injectable } from '@nestjs/common';
import { AgentRights } from '../agents/known/agent-rights.js';
import { AdminChat } from '../chat/admin-chat.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DeadLetterNotifier } from '../dead-letters/dead-letter-notifier.js';
import { AttachmentLoaders } from '../files/attachment-loaders.js';
import { AttachmentPreparer } from '../files/attachment-preparer.js';
import { ThreadDescriptions } from '../context/thread-descriptions.js';
import { ThreadHistories } from '../history/thread-histories.js';
import { Acknowledgements } from '../inbound/acknowledgements.js';
import { CommandIntake } from '../inbound/command-intake.js';
import { INBOUND_QUEUE } from '../inbound/inbound.constants.js';
import type { InboundEvent, InboundProgress } from '../inbound/inbound-event.interface.js';
import { InboundService } from '../inbound/inbound.service.js';
import { ReactionIntake } from '../inbound/reaction-intake.js';
import { ReplyAuthors } from '../inbound/reply-authors.js';
import { ReplyDeletionIntake } from '../inbound/reply-deletion-intake.js';
import { ReplyEditIntake } from '../inbound/reply-edit-intake.js';
import { ReplyFingerprints } from '../inbound/reply-fingerprints.js';
import { ReplySubscription } from '../inbound/reply-subscription.js';
import { ThreadChangeIntake } from '../inbound/thread-change-intake.js';
import { ThreadMessageIntake } from '../inbound/thread-message-intake.js';
import { AgentNotices } from '../outbound/agent-notices.js';
import { OperationSender } from '../outbound/operations/operation-sender.js';
import { OUTBOUND_QUEUE } from '../outbound/outbound.constants.js';
import type { OutboundJob } from '../outbound/jobs/outbound-job.interface.js';
import type { OutboundProgress } from '../outbound/jobs/outbound-progress.interface.js';
import { OutboundProcessor } from '../outbound/outbound.processor.js';
import { OutboundService } from '../outbound/outbound.service.js';
import { TypingIndicator } from '../outbound/typing-indicator.js';
import { ThreadService } from '../outbound/thread.service.js';
import { DeskInspector } from '../monitoring/desk-inspector.js';
import { OrderedQueue } from '../queue/ordered-queue.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { PostedMessages } from '../threads/posted-messages.js';
import { DeskMetrics } from '../telemetry/desk-metrics.js';
import { DeskTimers } from '../timers/desk-timers.js';
import { DeskTraces } from './desk-traces.js';
import { ThreadExporter } from './thread-exporter.js';
import { ThreadEventPublisher } from '../threads/thread-event-publisher.js';
import { DeskCheck } from './desk-check.js';

/** What works for one admin chat: starts and stops it, and lets the bot reach it. */
@Injectable()
export class Desk {
  constructor(
    readonly outbound: OutboundService,
    readonly agentNotices: AgentNotices,
    readonly sender: OperationSender,
    readonly threads: ThreadService,
    readonly typing: TypingIndicator,
    readonly events: ThreadEventPublisher,
    @Inject(OUTBOUND_QUEUE)
    readonly outboundQueue: OrderedQueue<OutboundJob, OutboundProgress>,
    private readonly outboundProcessor: OutboundProcessor,
    readonly inbound: InboundService,
    readonly intake: ThreadMessageIntake,
    readonly commands: CommandIntake,
    readonly rights: AgentRights,
    readonly edits: ReplyEditIntake,
    readonly deletions: ReplyDeletionIntake,
    readonly reactions: ReactionIntake,
    readonly changes: ThreadChangeIntake,
    readonly authors: ReplyAuthors,
    readonly fingerprints: ReplyFingerprints,
    readonly traces: DeskTraces,
    readonly exporter: ThreadExporter,
    readonly posted: PostedMessages,
    @Inject(INBOUND_QUEUE)
    readonly inboundQueue: OrderedQueue<InboundEvent, InboundProgress>,
    private readonly subscription: ReplySubscription,
    private readonly acknowledgements: Acknowledgements,
    readonly adminChat: AdminChat,
    private readonly deadLetters: DeadLetterNotifier,
    private readonly files: AttachmentPreparer,
    private readonly loaders: AttachmentLoaders,
    private readonly histories: ThreadHistories,
    private readonly descriptions: ThreadDescriptions,
    private readonly check: DeskCheck,
    private readonly timers: DeskTimers,
    private readonly metrics: DeskMetrics,
    readonly inspector: DeskInspector,
    private readonly settings: TelegramSettings,
    private readonly storage: DeskStorage,
  ) {}

  get name(): string {
    return this.settings.desk;
  }

  /** Starts to post notices, to process replies and to check bot and chat. Waits for nothing. */
  start(): void {
    const { updates, replies } = this.settings;
    this.metrics.start();
    this.deadLetters.start();
    this.loaders.start();
    this.histories.start();
    this.descriptions.start();
    const restored = this.adminChat.restore();
    if (updates !== 'off') this.check.start(restored);
    this.outboundQueue.process(this.outboundProcessor);
    this.timers.start();
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

  /** Finishes the notices that are being sent, for 10 s at most, removes temporary files, and closes the storage. */
  async close(): Promise<void> {
    this.metrics.stop();
    await this.timers.close();
    await this.outbound.close();
    await this.files.close();
    await this.storage.close();
  }
}

import type { BotApiClient } from './bot/bot-api-client.js';
import { BotProfile } from './bot/bot-profile.js';
import type { Clock } from './common/clock.js';
import { DeadLetterNotifier } from './dead-letters/dead-letter-notifier.js';
import type { DeadLetter } from './dead-letters/dead-letter.interface.js';
import type { DeadLetterQueues } from './dead-letters/dead-letters.js';
import { AdminChat } from './chat/admin-chat.js';
import { DeskCheck } from './desk/desk-check.js';
import { DeskEvents } from './desk/desk-events.js';
import type { DecoratedMethod } from './discovery/decorated-method.interface.js';
import type { ErrorDescriber } from './errors/index.js';
import { AcknowledgementProcessor } from './inbound/acknowledgement.processor.js';
import { AgentNotifier } from './inbound/agent-notifier.js';
import { ChannelMessageHandler } from './inbound/handlers/channel-message.handler.js';
import { EditedReplyHandler } from './inbound/handlers/edited-reply.handler.js';
import { MigrationHandler } from './inbound/handlers/migration.handler.js';
import { NoticeReplyHandler } from './inbound/handlers/notice-reply.handler.js';
import { UnaddressedMessageHandler } from './inbound/handlers/unaddressed-message.handler.js';
import type { InboundEvent } from './inbound/inbound-event.interface.js';
import { InboundProcessor } from './inbound/inbound.processor.js';
import { InboundService } from './inbound/inbound.service.js';
import { ReplyFingerprints } from './inbound/reply-fingerprints.js';
import { ReplyIntake } from './inbound/reply-intake.js';
import { HANDLER_LIFE_MS, ReplySubscription } from './inbound/reply-subscription.js';
import { UnaddressedMessages } from './inbound/unaddressed-messages.js';
import { UpdateHandlers } from './inbound/update-handlers.js';
import { AcknowledgementReaction } from './replies/acknowledgement-reaction.js';
import { ReplyAcknowledger } from './replies/reply-acknowledger.js';
import { ReplyDispatcher } from './replies/reply-dispatcher.js';
import type { ReplyHandlers } from './replies/reply-handlers.js';
import type { OrderedQueue, RetryPolicy } from './queue/ordered-queue.js';
import { RateLimitInterceptor } from './chat/rate-limit-interceptor.js';
import type { ChatRateLimiter } from './chat/chat-rate-limiter.js';
import { OperationSender } from './outbound/operations/operation-sender.js';
import { SendTextBuilder } from './outbound/operations/send-text.builder.js';
import { priorityOf } from './outbound/job-priority.js';
import { NoticeComposer } from './notices/notice-composer.js';
import { NoticeRenderer } from './notices/notice-renderer.js';
import type { OutboundJob } from './outbound/outbound-job.interface.js';
import { OutboundService } from './outbound/outbound.service.js';
import { OutboundProcessor } from './outbound/outbound.processor.js';
import { SendFailureLog } from './outbound/send-failure-log.js';
import { LEASE_LIFE_MS, LeaderElection } from './polling/leader-election.js';
import { UpdatePoller } from './polling/update-poller.js';
import type { DeskStorage } from './storage/desk-storage.js';
import type { TelegramIdentity, TelegramSettings } from './config/telegram-settings.js';
import type { LastNoticeRepository } from './threads/last-notice.repository.js';
import type { ThreadMappingRepository } from './threads/thread-mapping.repository.js';
import { RepliesLayout } from './threads/layouts/replies.layout.js';
import type { ThreadLayout } from './threads/thread-layout.js';
import { ThreadReferenceSigner } from './threads/thread-reference-signer.js';
import type { NestInternals } from './webhook/nest-internals.js';
import { REGISTRATION_LEASE_MS, WebhookRegistration } from './webhook/webhook-registration.js';
import type { WebhookRejections } from './webhook/webhook-rejections.js';
import { WebhookRegistrar } from './webhook/webhook-registrar.js';
import type { WebhookRoutes } from './webhook/webhook-routes.js';
import { WebhookService } from './webhook/webhook.service.js';

const RETRY_DELAYS_MS: readonly number[] = [1_000, 5_000, 30_000, 120_000];

/** Telegram takes the messages of one chat one after the other, so more senders gain nothing. */
const OUTBOX_CONCURRENCY = 1;
const OUTBOX_BATCH_SIZE = 100;
const OUTBOX_RETRY: RetryPolicy = { attempts: 5, delaysMs: RETRY_DELAYS_MS };

/** How many threads' replies the app handles side by side. */
const INBOX_CONCURRENCY = 50;

/** What {@link TelegramDesk} is built from. */
export interface TelegramDeskParts {
  readonly identity: TelegramIdentity;
  readonly settings: TelegramSettings;
  readonly api: BotApiClient;
  readonly clock: Clock;
  readonly mappings: ThreadMappingRepository;
  readonly lastNotices: LastNoticeRepository;
  readonly storage: DeskStorage;
  readonly replyHandlers: ReplyHandlers;
  readonly nest: NestInternals;
  readonly routes: WebhookRoutes;
  readonly rejections: WebhookRejections;
  readonly errors: ErrorDescriber;
}

/** The desk of an enabled module: both ways through it, put together. */
export class TelegramDesk {
  readonly sender: OperationSender;
  readonly inbox: InboundService;
  readonly outbox: OutboundService;
  readonly webhook: WebhookService;
  readonly #parts: TelegramDeskParts;
  readonly #adminChat: AdminChat;
  readonly #check: DeskCheck;
  readonly #budget: ChatRateLimiter;
  readonly #signer: ThreadReferenceSigner;
  readonly #layout: ThreadLayout;
  readonly #inboxQueue: OrderedQueue<InboundEvent>;
  readonly #outboxQueue: OrderedQueue<OutboundJob>;
  readonly #subscription: ReplySubscription;
  readonly #events: DeskEvents;
  readonly #poller: UpdatePoller | null;
  #isStopped = false;

  constructor(parts: TelegramDeskParts) {
    const { identity, settings, clock, mappings, lastNotices, storage, errors } = parts;
    const adminChat = new AdminChat(identity.adminChatId, storage, errors);
    const budget = storage.budget(settings.rateLimit, errors);
    const { api } = parts;
    api.use(new RateLimitInterceptor(adminChat, budget));
    this.#adminChat = adminChat;
    this.#check = new DeskCheck(api, adminChat, clock, errors);
    this.#budget = budget;
    this.#parts = parts;
    this.#events = new DeskEvents(errors);
    this.#signer = new ThreadReferenceSigner(identity.token.derive('thread-reference'));
    this.#outboxQueue = storage.outbox({
      retry: OUTBOX_RETRY,
      batchSize: OUTBOX_BATCH_SIZE,
      concurrency: OUTBOX_CONCURRENCY,
      priorityOf: priorityOf,
      errors,
    });
    this.#inboxQueue = storage.inbox({
      // Each handler has its own attempts; the dispatcher says when they are used up.
      retry: { attempts: Number.MAX_SAFE_INTEGER, delaysMs: RETRY_DELAYS_MS },
      batchSize: 1,
      concurrency: INBOX_CONCURRENCY,
      errors,
    });
    this.sender = new OperationSender(api, adminChat, budget, errors);
    this.outbox = new OutboundService(this.#outboxQueue, storage, errors);
    const { outbox } = this;
    const queue = this.#inboxQueue;
    const notifier = new AgentNotifier(outbox, storage);
    const fingerprints = new ReplyFingerprints(storage);
    const acknowledgements = new AcknowledgementProcessor(
      new ReplyAcknowledger(
        new AcknowledgementReaction(api, outbox, clock, settings),
        budget,
        errors,
      ),
      queue,
      settings,
      errors,
    );
    const registry = storage.handlers(HANDLER_LIFE_MS);
    const processor = new InboundProcessor(
      new ReplyDispatcher(parts.replyHandlers, registry, clock, settings, errors),
      acknowledgements,
      outbox,
      this.#events,
      settings,
      clock,
      errors,
    );
    this.#subscription = new ReplySubscription(
      parts.replyHandlers,
      registry,
      queue,
      processor,
      clock,
      storage,
      errors,
    );
    const intake = new ReplyIntake(
      queue,
      fingerprints,
      this.#subscription,
      outbox,
      this.#events,
      clock,
      storage,
      errors,
    );
    const layout = new RepliesLayout(adminChat, mappings, lastNotices, this.#signer, errors);
    this.#layout = layout;
    const profile = new BotProfile();
    const unaddressed = new UnaddressedMessages(lastNotices);
    const handlers = new UpdateHandlers([
      new MigrationHandler(adminChat),
      new ChannelMessageHandler(adminChat, notifier),
      new EditedReplyHandler(adminChat, settings, layout, fingerprints, notifier),
      new NoticeReplyHandler(adminChat, settings, profile, layout, intake, notifier),
      new UnaddressedMessageHandler(adminChat, settings, profile, unaddressed, intake, notifier),
    ]);
    this.inbox = new InboundService(identity.token, adminChat, handlers, queue, storage, errors);
    const registrar = new WebhookRegistrar(
      api,
      storage,
      identity.webhookSecrets,
      settings,
      handlers,
      errors,
    );
    const registration = new WebhookRegistration(
      registrar,
      storage.lease('registration', REGISTRATION_LEASE_MS),
      clock,
      parts.rejections,
      errors,
    );
    const { nest, routes } = parts;
    this.webhook = new WebhookService(settings, nest, routes, registrar, registration, errors);
    this.#poller =
      settings.updates === 'polling'
        ? new UpdatePoller({
            api,
            inbox: this.inbox,
            holder: new LeaderElection(storage.lease('polling', LEASE_LIFE_MS), clock),
            clock,
            errors,
            timeoutMs: settings.requestTimeoutMs,
            removeWebhook: settings.polling.removeWebhook,
            allowedUpdates: handlers.updateTypes,
          })
        : null;
  }

  /** What other libraries, and the options, may hold of the bot token is not shown. */
  redact(text: string): string {
    return this.#parts.errors.redact(text);
  }

  /** What was given up, in both directions. */
  get deadLetterQueues(): DeadLetterQueues {
    return { outbound: this.#outboxQueue, inbound: this.#inboxQueue };
  }

  /** Starts to post notices and to hand replies to the handlers. */
  start(listeners: ReadonlyArray<DecoratedMethod<DeadLetter>>): void {
    const { settings, clock, errors } = this.#parts;
    new DeadLetterNotifier(this.#events, errors).start(listeners);
    const restored = this.#adminChat.restore();
    if (settings.updates !== 'off') this.#check.start(restored);
    const layout = this.#layout;
    this.#outboxQueue.process(
      new OutboundProcessor(
        new NoticeComposer(new NoticeRenderer(settings.templates, errors)),
        new SendTextBuilder(this.#signer, layout),
        layout,
        this.#budget,
        this.sender,
        new SendFailureLog(errors),
        this.#events,
        clock,
        errors,
      ),
    );
    if (settings.replies.isOn || !this.#parts.storage.isDurable) this.#subscription.start();
  }

  /** Whether this app asks Telegram for updates. */
  get isPolling(): boolean {
    return this.#poller !== null;
  }

  /** Has updates come in, unless the desk has stopped meanwhile. */
  open(): void {
    if (this.#isStopped) return;
    this.#poller?.start();
    this.webhook.start();
  }

  /** Takes nothing more and finishes what is under way: 10 s for each direction at most. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#poller?.stop();
    await this.#check.stop();
    await this.webhook.stop();
    this.#subscription.stop();
    await this.inbox.close();
    await this.#poller?.finish();
    await this.outbox.close();
    await this.#parts.storage.close();
  }
}

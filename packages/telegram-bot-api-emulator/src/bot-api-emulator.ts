import type { Clock } from './time/clock.js';
import { SystemClock } from './time/system-clock.js';
import type { BotApiEmulatorOptions } from './bot-api-emulator.options.js';
import type {
  ChannelOptions,
  GroupOptions,
  PrivateChatOptions,
  SupergroupOptions,
} from './chats/chat.options.js';
import {
  describeCalls,
  describeLastFailure,
  describeProblems,
  describeQueue,
} from './emulator-report.js';
import { EmulatedBot } from './bots/emulated-bot.js';
import { EmulatedChat } from './chats/emulated-chat.js';
import { type EmulatorServices, createEmulatorServices } from './emulator.factory.js';
import type { WebhookDelivery } from './delivery/webhook-delivery.js';
import type { BotApiCall } from './http/bot-api-call.js';
import type { EmulatorFault } from './http/emulator-fault.js';
import type { FailingCalls } from './http/fault-plan.js';
import type { BotAccount } from './world/bot-account.js';
import type { ChatRoom } from './world/chat-room.js';

/**
 * A Telegram of its own for tests: the Bot API over real HTTP on loopback, chats with people who
 * write in them, and webhooks that get what they wrote. It answers, delivers and refuses as
 * Telegram does.
 *
 * @publicApi
 *
 * @example
 * const telegram = await BotApiEmulator.start();
 * const desk = telegram.createGroup({ title: 'Desk' });
 * // ... let the app send to desk.id through telegram.apiRoot with telegram.bot.token ...
 * const question = await desk.waitForMessage((message) => message.text?.includes('Help') === true);
 * desk.agent('Ann').reply(question, 'On my way');
 * await telegram.stop();
 */
export class BotApiEmulator<C extends Clock = Clock> {
  /** What a client takes as the root of the Bot API: `http://127.0.0.1:PORT`. */
  readonly apiRoot: string;
  /** The time of everything but the timeouts of the `waitFor` methods. */
  readonly clock: C;
  /** The bots, in the order of the options. */
  readonly bots: readonly EmulatedBot[];
  /** The first bot, which is meant wherever no other is named. */
  readonly bot: EmulatedBot;
  readonly #services: EmulatorServices;

  private constructor(services: EmulatorServices, clock: C, port: number) {
    this.apiRoot = `http://127.0.0.1:${port}`;
    this.clock = clock;
    const [first, ...others] = services.bots;
    this.bot = new EmulatedBot(first);
    this.bots = [this.bot, ...others.map((bot) => new EmulatedBot(bot))];
    this.#services = services;
  }

  /** Starts an emulator on a time of the test's; stop it with {@link stop}. */
  static start<C extends Clock>(
    options: BotApiEmulatorOptions<C> & { readonly clock: C },
  ): Promise<BotApiEmulator<C>>;
  /** Starts an emulator on the machine's own time; stop it with {@link stop}. */
  static start(options?: BotApiEmulatorOptions<SystemClock>): Promise<BotApiEmulator<SystemClock>>;
  static start(options: BotApiEmulatorOptions): Promise<BotApiEmulator>;
  static async start(options: BotApiEmulatorOptions = {}): Promise<BotApiEmulator> {
    const clock = options.clock ?? new SystemClock();
    const services = createEmulatorServices(options, clock);
    const port = await services.server.listen(options.port ?? 0);
    return new BotApiEmulator(services, clock, port);
  }

  /**
   * Where the page is, for a browser on this machine.
   *
   * @throws {Error} When the emulator was started without it.
   */
  get pageUrl(): string {
    if (this.#services.page) return `${this.apiRoot}/page/`;
    throw new Error('There is no page; start the emulator with { page: true }');
  }

  /** Every call, the oldest first, those that met a fault included. */
  get calls(): readonly BotApiCall[] {
    return this.#services.calls.calls;
  }

  /** The calls of one method, however the client spelled it. */
  callsOf(method: string): BotApiCall[] {
    return this.calls.filter((call) => call.method.toLowerCase() === method.toLowerCase());
  }

  /** Every POST to a webhook, the oldest first. */
  get deliveries(): readonly WebhookDelivery[] {
    return this.#services.deliveries;
  }

  /** Creates a basic group. */
  createGroup({ title, botStatus = 'administrator' }: GroupOptions): EmulatedChat {
    return this.#chat(this.#services.world.rooms.createGroup(title, botStatus));
  }

  /** Creates a supergroup, which is private unless it has a username. */
  createSupergroup(options: SupergroupOptions): EmulatedChat {
    const { botStatus = 'administrator', ...chat } = options;
    return this.#chat(this.#services.world.rooms.createSupergroup(chat, botStatus));
  }

  /** Creates a supergroup with topics. */
  createForum(options: Omit<SupergroupOptions, 'isForum'>): EmulatedChat {
    return this.createSupergroup({ ...options, isForum: true });
  }

  /** Creates a channel; {@link EmulatedChat.linkTo} gives it a group for discussions. */
  createChannel(options: ChannelOptions): EmulatedChat {
    const { botStatus = 'administrator', ...chat } = options;
    return this.#chat(this.#services.world.rooms.createChannel(chat, botStatus));
  }

  /**
   * Creates the private chat of a person who has started a bot.
   *
   * @param bot By default the first bot.
   */
  createPrivateChat(
    name: string,
    options: PrivateChatOptions = {},
    bot: EmulatedBot = this.bot,
  ): EmulatedChat {
    const { blocked = false, ...person } = options;
    const { rooms, people } = this.#services.world;
    const user = people.get(name, person);
    const account = this.#account(bot);
    return this.#chat(rooms.createPrivate(user, account, blocked ? 'kicked' : 'member'), account);
  }

  /**
   * Lets the next calls of a method go wrong. Faults of one method are met in the order in which
   * they were planned, and before those of {@link failShare}.
   *
   * @param which How many calls, 1 by default, or which ones.
   * @example
   * const when = ({ params }) => params.text === 'Hello';
   * telegram.failNext('sendMessage', { kind: 'cut', perform: true }, { when });
   */
  failNext(method: string, fault: EmulatorFault, which: number | FailingCalls = 1): void {
    const calls = typeof which === 'number' ? { times: which } : which;
    this.#services.faults.add(method, fault, calls);
  }

  /**
   * Lets a share of all calls go wrong, the same ones for the same `seed`.
   *
   * @param share From 0, no call, to 1, every call.
   * @param method The method that is meant; by default all of them.
   * @returns What ends it.
   */
  failShare(share: number, fault: EmulatorFault, method?: string): () => void {
    return this.#services.faults.addShared({ fault, share, method: method?.toLowerCase() });
  }

  /**
   * Refuses all connections, those that are open included, until {@link goOnline}. With the page they
   * are cut instead, and those of the page are left.
   */
  async goOffline(): Promise<void> {
    await this.#services.server.goOffline();
  }

  /** Takes connections again, at the same port. */
  async goOnline(): Promise<void> {
    await this.#services.server.goOnline();
  }

  /**
   * Delivers any JSON as it is, as an update: nothing is checked, numbered or filtered.
   *
   * @param options.key Updates of one key are delivered one after the other; the key of a chat's
   *   messages is its id. By default that of the message it holds, else one of its own.
   * @param options.bot By default the first bot.
   */
  deliver(
    update: unknown,
    options: { readonly key?: string | number; readonly bot?: EmulatedBot } = {},
  ): void {
    this.#account(options.bot ?? this.bot).updates.inject(update, options.key);
  }

  /**
   * Fails when any call had parameters that the Bot API does not know, or of another type than it
   * documents, or was of a method that there is not. Telegram itself lets most of that pass.
   *
   * @throws {Error} With a line for each problem.
   */
  assertConformant(): void {
    const problems = describeProblems(this.calls);
    if (problems !== undefined) throw new Error(problems);
  }

  /**
   * Resolves with the first call that fits, at once if it is there already. A call is looked at when
   * it comes, with no status yet, and again when it is answered.
   *
   * @param timeoutMs Real milliseconds; then it rejects.
   */
  waitForCall(
    predicate: (call: BotApiCall) => boolean,
    timeoutMs = this.#services.world.waiters.timeoutMs,
  ): Promise<BotApiCall> {
    return this.#services.world.waiters.wait(
      () => this.calls.find(predicate),
      timeoutMs,
      () => `No such call came within ${timeoutMs} ms. ${describeCalls(this.calls)}`,
    );
  }

  /**
   * Resolves when no update waits for delivery any more.
   *
   * @param timeoutMs Real milliseconds; then it rejects.
   */
  async idle(timeoutMs = this.#services.world.waiters.timeoutMs): Promise<void> {
    const { world, bots } = this.#services;
    await world.waiters.wait(
      () => (bots.every((bot) => bot.updates.size === 0) ? true : undefined),
      timeoutMs,
      () => `Updates still wait after ${timeoutMs} ms. ${describeQueue(bots)}`,
    );
  }

  /**
   * Resolves when no update is at a webhook right now: each was taken, or waits for its next try.
   * Together with `clock.advanceToNext()` it takes a test through a day of retries.
   *
   * @param timeoutMs Real milliseconds; then it rejects.
   */
  async settled(timeoutMs = this.#services.world.waiters.timeoutMs): Promise<void> {
    const { world, bots } = this.#services;
    await world.waiters.wait(
      () => (bots.some((bot) => bot.dispatcher.isBusy) ? undefined : true),
      timeoutMs,
      () => `A webhook has not answered within ${timeoutMs} ms. ${describeQueue(bots)}`,
    );
  }

  /** The last call that was not answered as a bot wants it, and how; undefined when there is none. */
  describeLastFailure(): string | undefined {
    return describeLastFailure(this.calls);
  }

  /**
   * Adds what errors of the `waitFor` methods say of the cause: for whoever builds a test desk upon the
   * emulator, and knows what else may be missing.
   *
   * @param hints Asked when a wait was in vain; returns a sentence for each thing that looks wrong.
   */
  addHints(hints: () => readonly string[]): void {
    this.#services.world.waiters.addHints(hints);
  }

  /** Closes all connections, stops all timers and rejects what still waits. */
  async stop(): Promise<void> {
    for (const { dispatcher, poller } of this.#services.bots) {
      dispatcher.use(undefined);
      poller.close();
    }
    this.#services.floodDelay.close();
    this.#services.page?.close();
    this.#services.world.waiters.close('The emulator was stopped');
    await this.#services.server.close();
  }

  #chat(room: ChatRoom, bot: BotAccount = this.#services.bots[0]): EmulatedChat {
    const { world, floods } = this.#services;
    return new EmulatedChat(world, floods, room, bot);
  }

  #account({ id }: EmulatedBot): BotAccount {
    const account = this.#services.world.findBot(id);
    if (!account) throw new Error(`Bot ${id} is of another emulator`);
    return account;
  }
}

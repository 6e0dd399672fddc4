import { randomInt } from 'node:crypto';
import type { Clock } from '../clock/clock.js';
import { SystemClock } from '../clock/system.clock.js';
import type {
  BotApiEmulatorOptions,
  GroupOptions,
  PrivateChatOptions,
  SupergroupOptions,
} from './bot-api-emulator.options.js';
import type { BotApiCall } from './http/bot-api.call.js';
import { BotApiExecutor } from './http/bot-api.executor.js';
import { BotApiServer } from './http/bot-api.server.js';
import { ChatResolver } from './world/chat.resolver.js';
import { DeleteWebhookMethod } from './methods/delete-webhook.method.js';
import { EmulatedChat } from './emulated-chat.js';
import { type EmulatedBot, EmulatedWorld } from './world/emulated.world.js';
import type { EmulatorFault } from './http/emulator.fault.js';
import { FaultPlan } from './http/fault.plan.js';
import { GetChatMemberMethod } from './methods/get-chat-member.method.js';
import { GetChatMethod } from './methods/get-chat.method.js';
import { GetMeMethod } from './methods/get-me.method.js';
import { GetWebhookInfoMethod } from './methods/get-webhook-info.method.js';
import { SendMessageMethod } from './methods/send-message.method.js';
import { SetMessageReactionMethod } from './methods/set-message-reaction.method.js';
import { SetWebhookMethod } from './methods/set-webhook.method.js';
import { UpdateQueue } from './delivery/update.queue.js';
import type { WebhookDelivery } from './delivery/webhook.delivery.js';
import { WebhookDispatcher } from './delivery/webhook.dispatcher.js';

const GROUP_LIMIT = { messages: 20, windowMs: 60_000 };
/** Shorter than the time test runners give a test, so that its error is seen. */
const DEFAULT_TIMEOUT_MS = 4_000;
const SECRET_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

/**
 * A Telegram of its own for tests: the Bot API over real HTTP on loopback, chats with people who
 * write in them, and webhooks that get what they wrote. It answers, delivers and refuses as
 * Telegram does.
 *
 * It knows getMe, getChat, getChatMember, setWebhook, deleteWebhook, getWebhookInfo, sendMessage and
 * setMessageReaction; of parse modes HTML. Updates go to webhooks on this machine only, do not
 * expire, and their answers are not read for methods to perform.
 *
 * @example
 * const telegram = await BotApiEmulator.start();
 * const desk = telegram.createGroup({ title: 'Desk' });
 * // ... let the app send to desk.id through telegram.apiRoot with telegram.bot.token ...
 * const question = await desk.waitForMessage((message) => message.text?.includes('Help') === true);
 * desk.agent('Ann').reply(question, 'On my way');
 * await telegram.stop();
 *
 * @publicApi
 */
export class BotApiEmulator {
  /** What a client takes as the root of the Bot API: `http://127.0.0.1:PORT`. */
  readonly apiRoot: string;
  /** The time of everything but the timeouts of the `waitFor` methods. */
  readonly clock: Clock;
  /** The bot's account. */
  readonly bot: { readonly id: number; readonly token: string; readonly username: string };
  readonly #world: EmulatedWorld;
  readonly #server: BotApiServer;
  readonly #dispatcher: WebhookDispatcher;
  readonly #faults: FaultPlan;

  private constructor(
    parts: {
      world: EmulatedWorld;
      server: BotApiServer;
      dispatcher: WebhookDispatcher;
      faults: FaultPlan;
    },
    port: number,
  ) {
    const { user, token } = parts.world.bot;
    this.apiRoot = `http://127.0.0.1:${port}`;
    this.clock = parts.world.clock;
    this.bot = { id: user.id, token, username: user.username };
    this.#world = parts.world;
    this.#server = parts.server;
    this.#dispatcher = parts.dispatcher;
    this.#faults = parts.faults;
  }

  /** Starts an emulator; stop it with {@link stop}. */
  static async start(options: BotApiEmulatorOptions = {}): Promise<BotApiEmulator> {
    const clock = options.clock ?? new SystemClock();
    const updates = new UpdateQueue(() => {
      dispatcher.pump();
      world.waiters.notify();
    });
    const dispatcher = new WebhookDispatcher(clock, updates);
    const world = new EmulatedWorld(clock, createBot(options), updates);
    const chats = new ChatResolver(world);
    const webhook = { clock, updates, dispatcher, requireHttps: options.requireHttps ?? false };
    const { group = GROUP_LIMIT, private: person = false } = options.limits ?? {};
    const limits = { group: group || undefined, private: person || undefined };
    const executor = new BotApiExecutor(world.bot.token, [
      new GetMeMethod(world),
      new GetChatMethod(chats),
      new GetChatMemberMethod(world, chats),
      new SetWebhookMethod(webhook),
      new DeleteWebhookMethod(webhook),
      new GetWebhookInfoMethod(updates, dispatcher),
      new SendMessageMethod(world, chats, limits),
      new SetMessageReactionMethod(chats),
    ]);
    const faults = new FaultPlan();
    const onChange = (): void => world.waiters.notify();
    const server = new BotApiServer({ clock, executor, faults, onChange });
    const port = await server.listen(options.port ?? 0);
    return new BotApiEmulator({ world, server, dispatcher, faults }, port);
  }

  /** Every call, the oldest first, those that met a fault included. */
  get calls(): readonly BotApiCall[] {
    return this.#server.calls;
  }

  /** The calls of one method, however the client spelled it. */
  callsOf(method: string): BotApiCall[] {
    return this.calls.filter((call) => call.method.toLowerCase() === method.toLowerCase());
  }

  /** Every POST to the webhook, the oldest first. */
  get deliveries(): readonly WebhookDelivery[] {
    return this.#dispatcher.deliveries;
  }

  /** Creates a basic group. */
  createGroup(options: GroupOptions): EmulatedChat {
    const { title, botStatus = 'administrator' } = options;
    return new EmulatedChat(this.#world, this.#world.createGroupRoom(title, botStatus));
  }

  /** Creates a supergroup, which is private unless it has a username. */
  createSupergroup(options: SupergroupOptions): EmulatedChat {
    const { botStatus = 'administrator', ...chat } = options;
    return new EmulatedChat(this.#world, this.#world.createSupergroupRoom(chat, botStatus));
  }

  /** Creates the private chat of a person who has started the bot. */
  createPrivateChat(name: string, options: PrivateChatOptions = {}): EmulatedChat {
    const { blocked = false, ...person } = options;
    const user = this.#world.person(name, person);
    const room = this.#world.createPrivateRoom(user, blocked ? 'kicked' : 'member');
    return new EmulatedChat(this.#world, room);
  }

  /**
   * Lets the next calls of a method go wrong. Faults of one method are met in the order in which
   * they were planned.
   *
   * @param times How many calls. 1 by default.
   */
  failNext(method: string, fault: EmulatorFault, times = 1): void {
    this.#faults.add(method, fault, times);
  }

  /**
   * Delivers any JSON as it is, as an update: nothing is checked, numbered or filtered.
   *
   * @param options.key Updates of one key are delivered one after the other; the key of a chat's
   *   messages is its id. By default that of the message it holds, else one of its own.
   */
  deliver(update: unknown, options: { readonly key?: string | number } = {}): void {
    this.#world.updates.inject(update, options.key);
  }

  /**
   * Resolves with the first call that fits, at once if it is there already. A call is looked at when
   * it comes, with no status yet, and again when it is answered.
   *
   * @param timeoutMs Real milliseconds; then it rejects.
   */
  waitForCall(
    predicate: (call: BotApiCall) => boolean,
    timeoutMs = DEFAULT_TIMEOUT_MS,
  ): Promise<BotApiCall> {
    return this.#world.waiters.wait(
      () => this.calls.find(predicate),
      timeoutMs,
      () => {
        const methods = this.calls.map((call) => `${call.method} ${call.status ?? '(no answer)'}`);
        return `No such call came within ${timeoutMs} ms. Calls: ${methods.join(', ') || 'none'}`;
      },
    );
  }

  /**
   * Resolves when no update waits for delivery any more.
   *
   * @param timeoutMs Real milliseconds; then it rejects.
   */
  async idle(timeoutMs = DEFAULT_TIMEOUT_MS): Promise<void> {
    const { updates } = this.#world;
    await this.#world.waiters.wait(
      () => (updates.size === 0 ? true : undefined),
      timeoutMs,
      () => {
        const error = this.#dispatcher.lastError?.message ?? 'none';
        const webhook = this.#dispatcher.settings?.url ?? 'none';
        return `${updates.size} updates still wait after ${timeoutMs} ms. Webhook: ${webhook}; its last error: ${error}`;
      },
    );
  }

  /** Closes all connections, stops all timers and rejects what still waits. */
  async stop(): Promise<void> {
    this.#dispatcher.use(undefined);
    this.#world.waiters.close('The emulator was stopped');
    await this.#server.close();
  }
}

function createBot({ bot = {} }: BotApiEmulatorOptions): EmulatedBot {
  const secret = Array.from(
    { length: 35 },
    () => SECRET_CHARACTERS[randomInt(SECRET_CHARACTERS.length)],
  ).join('');
  const { token = `7000000001:${secret}`, username = 'support_desk_bot' } = bot;
  if (!/^[1-9]\d*:/.test(token)) throw new Error("A token begins with the bot's id and a colon");
  return {
    user: {
      id: Number.parseInt(token, 10),
      is_bot: true,
      first_name: bot.firstName ?? 'Support Desk',
      username,
    },
    token,
    canReadAllGroupMessages: bot.canReadAllGroupMessages ?? false,
  };
}

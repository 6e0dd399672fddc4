import { randomInt } from 'node:crypto';
import type { Clock } from '../time/clock.js';
import type { BotOptions } from './bot.options.js';
import { UpdatePoller } from '../delivery/update-poller.js';
import { UpdateQueue } from '../delivery/update-queue.js';
import type { WebhookDelivery } from '../delivery/webhook-delivery.js';
import { WebhookDispatcher } from '../delivery/webhook-dispatcher.js';
import type { WebhookReply } from '../delivery/webhook-reply.js';
import type { SeededRandom } from '../common/seeded-random.js';
import { BotAccount } from '../world/bot-account.js';

/** What bots are created with. */
export interface BotContext {
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly deliveries: WebhookDelivery[];
  /** Called whenever an update came, went or was sent. */
  readonly onChange: () => void;
  /** Performs the method that a webhook has answered with. */
  readonly onReply: (bot: BotAccount, reply: WebhookReply) => void;
}

const SECRET_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
const SECRET_LENGTH = 35;
const FIRST_BOT_ID = 7_000_000_001;

/** A token like those of BotFather. */
export function createToken(botId: number): string {
  const secret = Array.from(
    { length: SECRET_LENGTH },
    () => SECRET_CHARACTERS[randomInt(SECRET_CHARACTERS.length)],
  );
  return `${botId}:${secret.join('')}`;
}

/**
 * Creates a bot with the queue of its updates and the ways to deliver them.
 *
 * @param index Its place among the bots, from 0.
 */
export function createBot(options: BotOptions, index: number, context: BotContext): BotAccount {
  const { clock, random, deliveries, onChange, onReply } = context;
  const number = index === 0 ? '' : String(index + 1);
  const { token = createToken(FIRST_BOT_ID + index), username = `support_desk${number}_bot` } =
    options;
  if (!/^[1-9]\d*:/.test(token)) throw new Error("A token begins with the bot's id and a colon");
  const id = Number.parseInt(token, 10);
  const queue = new UpdateQueue(clock, () => {
    dispatcher.pump();
    poller.notify();
    onChange();
  });
  const poller = new UpdatePoller(clock, queue);
  const dispatcher: WebhookDispatcher = new WebhookDispatcher({
    clock,
    queue,
    random,
    deliveries,
    botId: id,
    onReply: (reply) => onReply(bot, reply),
    onChange,
  });
  const user = {
    id,
    is_bot: true,
    first_name: options.firstName ?? `Support Desk ${number}`.trim(),
    username,
  };
  const profile = {
    user,
    token,
    canReadAllGroupMessages: options.canReadAllGroupMessages ?? false,
    hasTopicsEnabled: options.hasTopicsEnabled ?? false,
    allowsUsersToCreateTopics: options.allowsUsersToCreateTopics ?? false,
    canJoinGroups: options.canJoinGroups ?? true,
  };
  const bot = new BotAccount(profile, clock, { queue, poller, dispatcher });
  return bot;
}

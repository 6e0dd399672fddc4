import type { BotCommand } from '@grammyjs/types';
import type { DeliveryFault } from '../delivery/delivery-fault.js';
import type { BotSwitches } from './bot.options.js';
import { createToken } from './bot-account.factory.js';
import type { BotAccount } from '../world/bot-account.js';
import { keyOfScope } from '../world/command-store.js';

/** A bot of the emulator, as BotFather and Telegram's servers know it. */
export class EmulatedBot {
  readonly #account: BotAccount;

  /** @internal Use `BotApiEmulator.bots`. */
  constructor(account: BotAccount) {
    this.#account = account;
  }

  get id(): number {
    return this.#account.id;
  }

  get username(): string {
    return this.#account.user.username;
  }

  /** What calls have to come with now. */
  get token(): string {
    return this.#account.token;
  }

  /** The commands of the default scope. `EmulatedAgent.commands()` has those that a person sees. */
  get commands(): readonly BotCommand[] {
    return this.#account.commands.get(keyOfScope({ type: 'default' }), '');
  }

  /** How many updates wait for delivery. */
  get pendingUpdates(): number {
    return this.#account.updates.size;
  }

  /** Takes another token, as after `/revoke` at BotFather: calls with the old one meet 401. */
  revokeToken(): string {
    this.#account.token = createToken(this.id);
    return this.#account.token;
  }

  /**
   * Switches what its owner can at BotFather. It counts at once; at Telegram, privacy mode counts in a group once the bot
   * is added to it anew.
   */
  changeSwitches(switches: BotSwitches): void {
    Object.assign(this.#account, switches);
  }

  /**
   * Lets update ids begin anew, as after a week without updates: they may be lower than before.
   *
   * @param first The next id; by default a random one.
   */
  restartUpdateIds(first?: number): void {
    this.#account.updates.renumber(first);
  }

  /**
   * Lets the next deliveries to this bot's webhook go wrong, after those that were planned before.
   *
   * @param times How many deliveries. 1 by default.
   */
  failNextDelivery(fault: DeliveryFault, times = 1): void {
    for (let time = 0; time < times; time++) this.#account.dispatcher.addFault(fault);
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { IncomingUpdate, UpdateType } from '../updates/incoming-update.interface.js';
import { UPDATE_HANDLERS } from './inbound.constants.js';
import type { AcceptedUpdate, UpdateHandler } from './update-handler.interface.js';

/** The update handlers of a bot, in the order in which they are asked. */
@Injectable()
export class UpdateHandlers {
  /** The types of updates that any handler takes, each once: Telegram's `allowed_updates`. */
  readonly updateTypes: readonly UpdateType[];

  constructor(@Inject(UPDATE_HANDLERS) private readonly handlers: readonly UpdateHandler[]) {
    this.updateTypes = [...new Set(handlers.flatMap(({ updateTypes }) => updateTypes))];
  }

  /**
   * Offers an update to the handlers of its type until one accepts it.
   *
   * @returns Null when none does.
   * @throws When a handler could not store it.
   */
  async handle(update: IncomingUpdate): Promise<AcceptedUpdate | null> {
    for (const handler of this.handlers) {
      if (!handler.updateTypes.includes(update.type)) continue;
      const accepted = await handler.handle(update);
      if (accepted) return accepted;
    }
    return null;
  }
}

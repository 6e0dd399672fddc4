import type { IncomingUpdate, UpdateType } from '../updates/incoming-update.interface.js';

/** An update that a handler has accepted. */
export interface AcceptedUpdate {
  /**
   * Resolves when Telegram may forget the update: at once where its content is stored, else when it has
   * been handled or has kept Telegram waiting long enough. Rejects when Telegram has to deliver it again.
   */
  readonly persisted: Promise<void>;
}

/**
 * Handles updates of some types. Which types Telegram delivers (`allowed_updates`) is computed from the
 * handlers, so a feature that needs another type adds a handler and nothing else.
 */
export interface UpdateHandler {
  /** The types that it is offered. */
  readonly updateTypes: readonly UpdateType[];

  /**
   * Handlers are offered an update in the order of the list until one accepts it.
   *
   * @returns Null when the update is not for this handler.
   * @throws When it could not be stored. Telegram then delivers it again.
   */
  handle(update: IncomingUpdate): Promise<AcceptedUpdate | null>;
}

/** For updates that are handled completely when {@link UpdateHandler.handle} returns. */
export const HANDLED: AcceptedUpdate = { persisted: Promise.resolve() };

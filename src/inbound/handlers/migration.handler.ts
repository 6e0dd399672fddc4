import { Injectable } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import { AdminChat } from '../../chat/admin-chat.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';
import { HANDLED, type AcceptedUpdate, type UpdateHandler } from '../update-handler.interface.js';

/** Follows the admin chat when its group becomes a supergroup, which has another id. */
@Injectable()
export class MigrationHandler implements UpdateHandler {
  readonly updateTypes = ['message'] as const;

  constructor(private readonly adminChat: AdminChat) {}

  handle({ message }: IncomingUpdate): Promise<AcceptedUpdate | null> {
    const supergroupId = message && this.#supergroupOf(message);
    if (!supergroupId) return Promise.resolve(null);
    this.adminChat.moveTo(supergroupId);
    return Promise.resolve(HANDLED);
  }

  /** Telegram announces a migration twice: in the group, and in the supergroup under its new id. */
  #supergroupOf(message: Message): number | undefined {
    if (!this.adminChat.mayMove) return undefined;
    if (this.adminChat.is(message.chat)) return message.migrate_to_chat_id;
    return message.migrate_from_chat_id === this.adminChat.id ? message.chat.id : undefined;
  }
}

import { Injectable } from '@nestjs/common';
import { problemOfRefusal } from '../../desk/desk-problems.js';
import { isRefusal } from '../check-failure.js';
import { failed, passed } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

const KINDS = {
  private: 'private chat',
  group: 'basic group',
  supergroup: 'supergroup',
  channel: 'channel',
} as const;

/** Whether the bot finds the admin chat, wherever it has moved. */
@Injectable()
export class ChatCheck implements DiagnosticCheck {
  readonly id = 'chat';
  readonly needs = ['token'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const { adminChat, settings } = facts;
    try {
      await facts.chat();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return failed(problemOfRefusal(error, adminChat.id));
    }
    const { id, type } = await facts.chat();
    const configured = settings.identity?.adminChatId;
    const moved =
      typeof configured === 'number' && configured !== id
        ? `. It has become a supergroup; adminChatId is ${configured}, which still works`
        : '';
    return passed(
      `The chat is ${await facts.nameOfChat()}, a ${KINDS[type]} with the id ${id}${moved}`,
    );
  }
}

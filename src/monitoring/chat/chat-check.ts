import { Injectable } from '@nestjs/common';
import type { ChatFullInfo } from '@grammyjs/types';
import { shorten } from '../../common/shorten.js';
import { problemOfRefusal } from '../../desk/desk-problems.js';
import { isRefusal } from '../check-failure.js';
import { failed, passed } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

const MAX_TITLE_LENGTH = 64;

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
    try {
      await facts.chat();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const problem = problemOfRefusal(error, facts.adminChat.id);
      const isSought = error.errorCode === 400 && !facts.isRoutine;
      const meant = isSought ? await facts.chatMeant() : undefined;
      return failed(meant ? { ...problem, remedy: remedyOf(meant) } : problem);
    }
    const { id, type } = await facts.chat();
    return passed(`The chat is ${await facts.nameOfChat()}, a ${KINDS[type]} with the id ${id}`);
  }
}

/** What is to be written into the options. */
function remedyOf({ id, type, title = '' }: ChatFullInfo): string {
  return `Set adminChatId (TELEGRAM_ADMIN_CHAT_ID) to ${id}, which is the ${KINDS[type]} ${shorten(title, MAX_TITLE_LENGTH)}`;
}

import { Injectable } from '@nestjs/common';
import { AdminChat } from '../chat/admin-chat.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DeskDirectory } from '../desk/desk-directory.js';
import type { AgentMessage } from './agent-message.js';
import { ReplyEditIntake } from './reply-edit-intake.js';
import { ReplyFingerprints } from './reply-fingerprints.js';
import { ThreadMessageIntake } from './thread-message-intake.js';

/** What a desk does with the answers to its notices, whichever chat they come from. */
export interface AnsweredDesk {
  /** Who may answer; null for everybody. */
  readonly agents: ReadonlySet<number> | null;
  readonly intake: ThreadMessageIntake;
  readonly edits: ReplyEditIntake;
  readonly fingerprints: ReplyFingerprints;
}

/** Finds the desk that a message is for: the one whose notice it answers, else the one in whose chat it stands. */
@Injectable()
export class AnsweredDesks {
  readonly #own: AnsweredDesk;

  constructor(
    private readonly desks: DeskDirectory,
    private readonly adminChat: AdminChat,
    { agents }: TelegramSettings,
    intake: ThreadMessageIntake,
    edits: ReplyEditIntake,
    fingerprints: ReplyFingerprints,
  ) {
    this.#own = { agents, intake, edits, fingerprints };
  }

  async of({ answered }: AgentMessage): Promise<AnsweredDesk> {
    if (answered.kind !== 'notice') return this.#own;
    const { chatId } = answered.message;
    if (this.adminChat.isNamed(chatId)) return this.#own;
    return (await this.desks.ofChat(chatId)) ?? this.#own;
  }
}

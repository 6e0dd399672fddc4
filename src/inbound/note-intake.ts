import { Injectable } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import { TelegramSettings } from '../config/telegram-settings.js';
import { messageRefOf } from '../updates/message-ref-of.js';
import { messageText } from '../updates/message-text.js';
import type { AgentMessage } from './agent-message.js';
import { EventIntake } from './event-intake.js';
import { ReplyFingerprints } from './reply-fingerprints.js';
import { HANDLED, type AcceptedUpdate } from './update-handler.interface.js';

/** Turns what an agent writes for other agents into the event `noted`. */
@Injectable()
export class NoteIntake {
  constructor(
    private readonly intake: EventIntake,
    private readonly fingerprints: ReplyFingerprints,
    private readonly settings: TelegramSettings,
  ) {}

  /**
   * Resolves when the note has its place in the queue of its thread.
   *
   * @param text The note, without the sign that it begins with.
   * @throws When it could not be stored.
   */
  async accept(
    { id, message, agent }: AgentMessage,
    threadId: string,
    text: string,
  ): Promise<AcceptedUpdate> {
    await this.fingerprints.storeNote(message);
    const words = text || describeFile(message);
    if (!words) return HANDLED;
    const eventId = `update:${id}`;
    return this.intake.enqueue(eventId, {
      v: 1,
      type: 'noted',
      id: eventId,
      threadId,
      desk: this.settings.desk,
      agent,
      text: words,
      message: messageRefOf(message),
      atMs: message.date * 1000,
    });
  }
}

/** What stands for a file whose caption is the sign of a note and nothing else. */
function describeFile({ text: _text, caption, ...content }: Message): string {
  return caption === undefined ? '' : (messageText(content)?.text ?? '');
}

import { Injectable } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import type { ReplyEvent } from '../events/reply-event.interface.js';
import { messageHtml } from '../updates/message-html.js';
import { messageRefOf } from '../updates/message-ref-of.js';
import type { MessageText } from '../updates/message-text.js';
import type { AgentMessage } from './agent-message.js';
import { ReplyTargets } from './reply-targets.js';

/** Builds the event of an agent's message. */
@Injectable()
export class ReplyEventBuilder {
  constructor(
    private readonly targets: ReplyTargets,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
  ) {}

  /** The event of a reply as it looks now. Never rejects. */
  async build(update: AgentMessage, threadId: string, content: MessageText): Promise<ReplyEvent> {
    const { message: raw, agent } = update;
    return {
      v: 1,
      type: 'reply',
      threadId,
      desk: this.settings.desk,
      agent,
      message: messageRefOf(raw),
      replyTo: await this.targets.of(update),
      text: content.text,
      html: messageHtml(content.text, content.entities),
      sentAtMs: raw.date * 1000,
      receivedAtMs: this.#receivedAtMs(raw),
      raw,
    };
  }

  /**
   * Never before the notice that it answers, whichever clocks have seen the two. Not every reply names its
   * notice, but none is older than it by Telegram's clock.
   */
  #receivedAtMs({ date, reply_to_message: notice }: Message): number {
    return Math.max(this.clock.now(), date * 1000, (notice?.date ?? 0) * 1000);
  }
}

import { Injectable } from '@nestjs/common';
import {
  OnReplyEdited,
  OnThreadEvent,
  OnThreadReply,
  type EditedReply,
  type ThreadEvent,
  type ThreadReply,
} from 'nestjs-telegram-support';

/** Hands each reply and each edit on to the test, which outlives every app; it is taken when the test has answered. */
@Injectable()
export class ReplyReporter {
  @OnThreadReply()
  async report({ threadId, text, message, albumId, attachments }: ThreadReply): Promise<void> {
    const { messageId } = message;
    const reply = { threadId, text, messageId, albumId, files: attachments.length };
    const { status } = await fetch(process.env['REPORT_URL'] ?? '', {
      method: 'POST',
      body: JSON.stringify({ instance: process.env['NAME'], ...reply }),
    });
    if (status !== 200) throw new Error(`The test answered ${status}`);
  }

  @OnThreadEvent('overdue')
  async reportOverdue({ threadId, id }: ThreadEvent): Promise<void> {
    const { status } = await fetch(process.env['REPORT_URL'] ?? '', {
      method: 'POST',
      body: JSON.stringify({ instance: process.env['NAME'], threadId, text: id, files: 0 }),
    });
    if (status !== 200) throw new Error(`The test answered ${status}`);
  }

  @OnReplyEdited()
  async reportEdit(reply: EditedReply): Promise<void> {
    await this.report({ ...reply, text: `edited: ${reply.text}` });
  }
}

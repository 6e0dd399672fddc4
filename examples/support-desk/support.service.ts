import { randomUUID } from 'node:crypto';
import { Injectable, NotFoundException } from '@nestjs/common';
import { OnThreadReply, TelegramService, type ThreadReply } from 'nestjs-telegram-support';
import type { OpenDto } from './support.dto.js';
import type { Thread } from './thread.js';

/** The app's own support service. A real one keeps its threads in a database. */
@Injectable()
export class SupportService {
  private readonly threads = new Map<string, Thread>();
  private readonly handled = new Set<string>();

  constructor(private readonly telegram: TelegramService) {}

  async open({ customer, subject, text }: OpenDto): Promise<Thread> {
    const entries = [{ author: customer, text, sentAt: new Date() }];
    const thread = { id: randomUUID(), subject, customer, entries };
    this.threads.set(thread.id, thread);
    await this.telegram.notifyNewThread({
      threadId: thread.id,
      subject,
      text,
      customer: { name: customer },
    });
    return thread;
  }

  async write(threadId: string, text: string): Promise<Thread> {
    const thread = this.find(threadId);
    thread.entries.push({ author: thread.customer, text, sentAt: new Date() });
    await this.telegram.notifyUserMessage({ threadId, text, customer: { name: thread.customer } });
    return thread;
  }

  find(threadId: string): Thread {
    const thread = this.threads.get(threadId);
    if (!thread) throw new NotFoundException(`There is no thread ${threadId}`);
    return thread;
  }

  /** A reply can arrive twice, so its Telegram message identifies it. */
  @OnThreadReply()
  onReply({ threadId, agent, text, message, sentAt }: ThreadReply): void {
    const id = `${message.chatId}:${message.messageId}`;
    if (this.handled.has(id)) return;
    this.find(threadId).entries.push({ author: `${agent.name} (support)`, text, sentAt });
    this.handled.add(id);
  }
}

import { vi } from 'vitest';
import type { MessageView, ThreadView } from '../../src/chat-widget/index.js';
import type { EmulatedAgent, Message } from '../../src/testing/index.js';
import { waitUntilKnown } from '../support/known-notice.js';
import type { ChatClient } from './chat-client.js';
import { ChatDesk, type ChatDeskOptions } from './chat-desk.js';

const SLOW = { timeout: 20_000 };

/** A thread of a customer in a forum, and an agent who answers. */
export class ChatTalk {
  private constructor(
    readonly chat: ChatDesk,
    readonly client: ChatClient,
    readonly threadId: string,
    /** The notice of the first message. */
    readonly notice: Message,
    /** In the topic of the thread. */
    readonly ada: EmulatedAgent,
  ) {}

  static async start(wanted: ChatDeskOptions = {}): Promise<ChatTalk> {
    const chat = await ChatDesk.start({
      desk: (emulator) => emulator.createForum({ title: 'Support' }),
      ...wanted,
      options: {
        mode: 'topics',
        rateLimit: { messages: 99, windowMs: 1_000 },
        ...wanted.options,
      },
    });
    const client = chat.customer('ann');
    const { body } = await client.start('Hello');
    const notice = await chat.notice('Hello');
    const agent = chat.desk.chat.agent('Ada', { status: 'administrator' });
    const topic = notice.message_thread_id;
    const ada = topic === undefined ? agent : agent.inTopic(topic);
    return new ChatTalk(chat, client, body.thread.id, notice, ada);
  }

  get path(): string {
    return `threads/${this.threadId}`;
  }

  async messages(): Promise<readonly MessageView[]> {
    return this.client.messagesOf(this.threadId);
  }

  async thread(): Promise<ThreadView> {
    const { body } = await this.client.call('GET', this.path);
    return body.thread;
  }

  /** Waits until the desk has stored what a notice shows. */
  knows(notice: Message): Promise<void> {
    return waitUntilKnown(this.chat.desk, notice);
  }

  /** Waits for a message that the customer sees. */
  async sees(isIt: (message: MessageView) => boolean): Promise<MessageView> {
    return vi.waitFor(async () => {
      const messages = await this.messages();
      const found = messages.find((message) => isIt(message));
      if (!found) throw new Error(`The customer sees ${JSON.stringify(messages)}`);
      return found;
    }, SLOW);
  }

  /** Waits until the customer sees the thread in some form. */
  async threadIs(isIt: (thread: ThreadView) => boolean): Promise<ThreadView> {
    return vi.waitFor(async () => {
      const thread = await this.thread();
      if (!isIt(thread)) throw new Error(`The customer sees ${JSON.stringify(thread)}`);
      return thread;
    }, SLOW);
  }

  stop(): Promise<void> {
    return this.chat.stop();
  }
}

import {
  SupportChat,
  SupportChatModule,
  TranscriptStore,
  type SupportChatExtras,
  type SupportChatOptions,
} from '../../src/chat-widget/index.js';
import type { Message } from '../../src/testing/index.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';
import { ChatClient } from './chat-client.js';

type PlainOptions = { readonly [Name in keyof SupportChatOptions]: SupportChatOptions[Name] };

/** What a test wants to be different from a chat with visitors. */
export interface ChatDeskOptions extends TestDeskOptions {
  readonly chat?: never;
  readonly desk?: TestDeskOptions['chat'];
  readonly support?: PlainOptions & SupportChatExtras;
}

/** Names its customer in a header, as an app's own session would. */
export const CUSTOMER_HEADER = 'x-customer';

/** The option `customer` of most tests. */
export const byHeader: NonNullable<SupportChatOptions['customer']> = ({ headers }) => {
  const id = headers[CUSTOMER_HEADER];
  return typeof id === 'string' ? { id, name: `Name of ${id}` } : null;
};

/** An app with a chat, and a Telegram whose webhook leads to it. */
export class ChatDesk {
  private constructor(readonly desk: TestDesk) {}

  static async start({ support, desk, ...rest }: ChatDeskOptions = {}): Promise<ChatDesk> {
    const options = support ?? { anonymous: true, customer: byHeader };
    return new ChatDesk(
      await TestDesk.start({
        ...rest,
        ...(desk && { chat: desk }),
        extras: { isGlobal: true, ...rest.extras },
        providers: rest.providers ?? [],
        imports: [SupportChatModule.forRoot(options), ...(rest.imports ?? [])],
      }),
    );
  }

  get support(): SupportChat {
    return this.desk.app.get(SupportChat, { strict: false });
  }

  get store(): TranscriptStore {
    return this.desk.app.get(TranscriptStore, { strict: false });
  }

  get base(): string {
    return `${this.desk.origin}/support/`;
  }

  /** A browser that nobody knows yet. */
  browser(): ChatClient {
    return new ChatClient(this.base);
  }

  /** A browser in which somebody is logged in. */
  customer(id: string): ChatClient {
    const client = this.browser();
    client.headers = { [CUSTOMER_HEADER]: id };
    return client;
  }

  /** A browser of a visitor who has opened the chat. */
  async visitor(): Promise<ChatClient> {
    const client = this.browser();
    await client.open();
    return client;
  }

  /** The notice with a text. */
  notice(text: string): Promise<Message> {
    return this.desk.chat.waitForMessage(
      (message) => `${message.text ?? ''}${message.caption ?? ''}`.includes(text),
      20_000,
    );
  }

  stop(): Promise<void> {
    return this.desk.stop();
  }
}

import { IsBoolean, IsOptional } from 'class-validator';
import { AreSnippets } from './are-snippets.decorator.js';
import { IsWholeNumber } from './option-checks.js';
import { MAX_MS } from './option.constants.js';

/**
 * How replies reach the app.
 *
 * @publicApi
 */
export class ReplyOptions {
  /**
   * How often each handler is called with a reply before the reply becomes a dead letter and its agent is
   * notified. The delays between the attempts are 1 s, 5 s, 30 s and then 2 min each.
   *
   * @default 5
   */
  @IsOptional()
  @IsWholeNumber('attempts', 100)
  attempts?: number | undefined;

  /**
   * Whether the bot reacts with 👍 to each reply that the app has handled.
   *
   * @default true
   */
  @IsOptional()
  @IsBoolean({ message: 'wants true or false' })
  receipts?: boolean | undefined;

  /**
   * Whether an agent whose reply has failed is shown the message of the error that the handler threw. With
   * false, the agent is only notified that the reply failed. The log and the dead letter always have the message.
   *
   * @default true
   */
  @IsOptional()
  @IsBoolean()
  exposeErrors?: boolean | undefined;

  /**
   * How long a handler may take, in milliseconds. After that the attempt counts as failed and is repeated,
   * even if the handler is still running.
   *
   * @default 60_000
   */
  @IsOptional()
  @IsWholeNumber('milliseconds', MAX_MS)
  timeoutMs?: number | undefined;

  /**
   * Prepared answers by their names. An agent who writes `/s hello` in a thread sends the text `hello` to the customer; `/s`
   * lists them. `{{customer.name}}`, `{{customer.email}}`, `{{agent.name}}`, `{{threadId}}` and `{{subject}}` stand for
   * values; `{{customer.name|there}}` says what stands there when the value is not known. Without that, such a text is
   * not sent, and the agent reads why.
   *
   * @example
   * replies: { snippets: { hello: 'Hi {{customer.name|there}}, how can I help?' } }
   *
   * @default none
   */
  @IsOptional()
  @AreSnippets()
  snippets?: Readonly<Record<string, string>> | undefined;
}

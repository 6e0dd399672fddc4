import { IsOptional, IsString } from 'class-validator';
import type { ContextField } from '../context/context-field.interface.js';
import { IsContext } from './is-context.decorator.js';
import { IsWebLink } from './is-web-link.decorator.js';
import { UserMessage } from './user-message.js';

/**
 * A thread that a customer has opened with its first message.
 *
 * @publicApi
 */
export class NewThread extends UserMessage {
  /** What the thread is about. Up to 256 characters are shown. */
  @IsOptional()
  @IsString()
  subject?: string | undefined;

  /**
   * The name of the desk, for a bot with several: one of the option `desks`, or `default`. A thread that is known
   * stays at its desk, whatever stands here.
   *
   * @default the desk of the thread, else `default`
   */
  @IsOptional()
  @IsString()
  desk?: string | undefined;

  /**
   * Where the agents find the thread in the app: an http or https URL of at most 2,048 characters, without
   * credentials. Telegram makes no link to a host without a dot, such as `localhost`, so such a URL is
   * shown to be copied.
   */
  @IsOptional()
  @IsWebLink()
  url?: string | undefined;

  /**
   * What agents see of the thread on its card, such as the plan of the customer: at most 20 fields. Methods with
   * `@DescribeThread()` are not asked then before an agent wants it.
   *
   * @default what the methods with `@DescribeThread()` say
   */
  @IsOptional()
  @IsContext()
  context?: readonly ContextField[] | undefined;
}

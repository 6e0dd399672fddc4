import { IsInstance, IsOptional, IsString } from 'class-validator';
import type { ContextField } from '../context/context-field.interface.js';
import { Customer } from './customer.js';
import { IsContext } from './is-context.decorator.js';
import { IsWebLink } from './is-web-link.decorator.js';
import { ThreadTarget } from './thread-target.js';

/**
 * What has changed of a thread. What is left out stays as it is.
 *
 * @publicApi
 */
export class ThreadUpdate extends ThreadTarget {
  /**
   * The name of the desk to move the thread to: one of the option `desks`, or `default`. What waits at its present
   * desk is posted there first, with a line that says where the thread went. The new one begins with what is known of
   * the thread, and gets all further messages. When the present desk cannot post for a minute, the new one begins
   * all the same, and gets what waits as well. A thread that is on its way to another desk goes on when it is there.
   */
  @IsOptional()
  @IsString()
  desk?: string | undefined;

  /** What the thread is about. */
  @IsOptional()
  @IsString()
  subject?: string | undefined;

  @IsOptional()
  @IsInstance(Customer, { message: '$property must be an object' })
  customer?: Customer | undefined;

  /** Where the agents find the thread in the app, by the rules of {@link NewThread.url}. */
  @IsOptional()
  @IsWebLink()
  url?: string | undefined;

  /** What agents see of the thread on its card, in place of what stands there: at most 20 fields, none to remove all. */
  @IsOptional()
  @IsContext()
  context?: readonly ContextField[] | undefined;
}

import { IsInstance, IsOptional, IsString } from 'class-validator';
import { Customer } from './customer.js';
import { IsWebLink } from './is-web-link.decorator.js';
import { ThreadTarget } from './thread-target.js';

/**
 * What has changed of a thread. What is left out stays as it is.
 *
 * @publicApi
 */
export class ThreadUpdate extends ThreadTarget {
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
}

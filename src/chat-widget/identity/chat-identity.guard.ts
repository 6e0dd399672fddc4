import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ChatHttpError } from '../chat-http.error.js';
import type { ChatCustomer } from './chat-customer.interface.js';
import type { ChatHttpRequest } from './chat-http-request.interface.js';
import { CustomerIdentifier } from './customer-identifier.js';
import { CustomerKeys } from './customer-keys.js';

/** The key of the customer for whom a client sends something. */
const HEADER = 'x-support-customer';

/**
 * Lets requests pass whose customer is known, and notes who it is. A request that a client sends for one customer is
 * refused when another one has logged in meanwhile. Reading is refused, too: a thread that is not found would look as if
 * it had been deleted.
 */
@Injectable()
export class ChatIdentityGuard implements CanActivate {
  constructor(
    private readonly identifier: CustomerIdentifier,
    private readonly keys: CustomerKeys,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ChatHttpRequest>();
    const customer = await this.identifier.identify(request);
    if (this.#isForAnother(customer, request)) {
      throw new ChatHttpError('unauthenticated', 'X-Support-Customer names another customer');
    }
    request.chatCustomer = customer;
    return true;
  }

  #isForAnother(customer: ChatCustomer, { headers }: ChatHttpRequest): boolean {
    const wanted = headers[HEADER];
    return wanted !== undefined && wanted !== this.keys.keyOf(customer);
  }
}

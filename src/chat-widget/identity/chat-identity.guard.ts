import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ChatHttpError } from '../chat-http.error.js';
import type { ChatCustomer } from './chat-customer.interface.js';
import type { ChatHttpRequest } from './chat-http-request.interface.js';
import { CustomerIdentifier } from './customer-identifier.js';
import { CustomerKeys } from './customer-keys.js';

/** The key of the customer for whom a client sends something. */
const HEADER = 'x-support-customer';

/**
 * Lets requests pass whose customer is known, and notes who it is. What a client sends for one customer is not taken from
 * the next one, who may have logged in meanwhile.
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

  #isForAnother(customer: ChatCustomer, { method, headers }: ChatHttpRequest): boolean {
    if (method === 'GET' || method === 'HEAD') return false;
    const wanted = headers[HEADER];
    return wanted !== undefined && wanted !== this.keys.keyOf(customer);
  }
}

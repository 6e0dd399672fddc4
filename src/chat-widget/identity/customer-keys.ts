import { Injectable } from '@nestjs/common';
import type { Secret } from '../../secrets/secret.js';
import { ChatSettings } from '../config/chat-settings.js';
import type { ChatCustomer } from './chat-customer.interface.js';

/** 17 bytes fill more than the letters that are kept. */
const KEY_BYTES = 17;
const KEY_LENGTH = 22;

/** Names customers to their own browsers without their ids. */
@Injectable()
export class CustomerKeys {
  readonly #secret: Secret;

  constructor({ secret }: ChatSettings) {
    this.#secret = secret.derive('customer-key');
  }

  /** The same for the same customer, in all processes: letters, digits, `_` and `-`. */
  keyOf({ id }: ChatCustomer): string {
    return this.#secret.sign(id, KEY_BYTES).toString('base64url').slice(0, KEY_LENGTH);
  }
}

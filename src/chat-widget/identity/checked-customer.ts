import { isIdentifier } from '../../threads/identifier.js';
import type { ChatCustomer } from './chat-customer.interface.js';

/** Longer names are cut: agents see no more, and tokens stay short enough for a header. */
const LONGEST_NAME = 256;

/**
 * A customer of the app's with the fields that the chat uses.
 *
 * @throws {@link TypeError} When there is no id.
 */
export function checkedCustomer(given: ChatCustomer): ChatCustomer {
  const { id, name, email } = given;
  if (!isIdentifier(id)) {
    throw new TypeError('The id of a customer must be a string of 1 to 256 characters');
  }
  return {
    id,
    ...(typeof name === 'string' && name.trim() !== '' && { name: shortened(name) }),
    ...(typeof email === 'string' && email.trim() !== '' && { email: shortened(email) }),
  };
}

function shortened(text: string): string {
  return text.slice(0, LONGEST_NAME).toWellFormed().trim();
}

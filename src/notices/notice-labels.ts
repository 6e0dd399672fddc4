import type { Customer } from '../outbound/customer.js';
import { neutralizeMentions } from './neutralize-mentions.js';
import { sanitizeLabel } from './sanitize-text.js';

/** Longer subjects and names are shown with an ellipsis. */
const LABEL_LENGTH = 256;

/** What is shown of a customer, each on one line. */
export function labelsOf(customer: Customer | undefined): Customer | undefined {
  if (!customer) return undefined;
  const { id, name, email } = customer;
  return { id: label(id), name: label(name), email: label(email) };
}

/** What fits on a line of the header; undefined where nothing is left to show. */
export function label(given: string | undefined): string | undefined {
  const cleaned = sanitizeLabel(given ?? '');
  if (cleaned.length <= LABEL_LENGTH) return neutralizeMentions(cleaned) || undefined;
  return `${neutralizeMentions(cleaned.slice(0, LABEL_LENGTH - 1).toWellFormed(), cleaned)}…`;
}

/** Words that stand on a line, cut where they are long. */
export function shortened(text: string): string {
  if (text.length <= LABEL_LENGTH) return text;
  return `${text.slice(0, LABEL_LENGTH - 1).toWellFormed()}…`;
}

import { shownName } from '../secrets/shown-value.js';
import { problemOfPlaceholders } from '../texts/fill-in.js';
import { checkedBy } from './business-hours-checks.js';
import { SNIPPET_VALUES } from './option.constants.js';

const NAME = /^[\p{L}\p{N}_-]{1,32}$/u;

/** The most that fits in a message beside the name of the agent. */
const MOST_LENGTH = 3_500;

/** Texts by their names, with no other placeholders than those that have values. */
export function AreSnippets(): PropertyDecorator {
  return checkedBy('areSnippets', problemOf);
}

function problemOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'wants an object with texts by their names, such as { hello: "Hi {{customer.name|there}}" }';
  }
  for (const [name, text] of Object.entries(value)) {
    if (!NAME.test(name)) {
      return `${shownName(name)} is no name of a snippet: it has 1 to 32 letters, digits, _ and -`;
    }
    if (typeof text !== 'string' || text.trim() === '' || text.length > MOST_LENGTH) {
      return `wants a text of 1 to ${MOST_LENGTH} characters for ${name}`;
    }
    const problem = problemOfPlaceholders(text, SNIPPET_VALUES);
    if (problem !== undefined) return `the text ${name} ${problem}`;
  }
  return undefined;
}

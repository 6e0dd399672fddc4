import { ValidateBy } from 'class-validator';
import { shownName } from '../secrets/shown-value.js';
import { ENGLISH } from '../texts/english.js';
import { placeholdersOf } from '../texts/texts.js';

/** Texts to agents by their names, with no other placeholders than those of the texts that they replace. */
export function AreAgentTexts(): PropertyDecorator {
  return ValidateBy({
    name: 'areAgentTexts',
    validator: {
      validate: (value: unknown) => problemOf(value) === undefined,
      defaultMessage: (args) => problemOf(args?.value) ?? '',
    },
  });
}

function problemOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'wants an object with texts';
  }
  for (const [name, text] of Object.entries(value)) {
    const original = new Map<string, string>(Object.entries(ENGLISH)).get(name);
    if (original === undefined) return `there is no text named ${shownName(name)}`;
    if (typeof text !== 'string' || text.trim() === '') return `wants a text for ${name}`;
    const known = placeholdersOf(original);
    const foreign = placeholdersOf(text).find((placeholder) => !known.includes(placeholder));
    if (foreign !== undefined) {
      const choice = known.length > 0 ? known.map((each) => `{${each}}`).join(', ') : 'none';
      return `the text ${name} has no value for {${foreign}}; it may have ${choice}`;
    }
  }
  return undefined;
}

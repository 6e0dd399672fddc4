import { parseArgs, type ParseArgsConfig } from 'node:util';
import { CommandError } from './command.error.js';

/** The flags of a command, as `node:util` describes them. */
type Flags = NonNullable<ParseArgsConfig['options']>;

/** The values of those that are given. */
type Values<F extends Flags> = ReturnType<
  typeof parseArgs<{ args: string[]; options: F; strict: true; allowPositionals: false }>
>['values'];

/**
 * Reads the flags of a command, which takes nothing else.
 *
 * @throws {@link CommandError} When there is no such flag, or its value is missing.
 */
export function parseFlags<F extends Flags>(args: readonly string[], options: F): Values<F> {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    if (!String(Object(error).code).startsWith('ERR_PARSE_ARGS')) throw error;
    throw new CommandError(reasonOf(String(Object(error).message)), { cause: error });
  }
}

/** Node explains further in sentences that do not fit on the line. */
function reasonOf(message: string): string {
  const [, flag] = /'(?:-\w, )?(--[\w-]+)[^']*' argument is ambiguous/.exec(message) ?? [];
  if (flag) return `${flag} needs a value; one that begins with a dash is written ${flag}=-1`;
  return message.replace(/\.?\s*(?:To specify a positional|This command does not|\n)[^]*$/, '');
}

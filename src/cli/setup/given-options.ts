import { VARIABLES } from '../../config/environment-variables.js';
import { problemsOf } from '../../config/option-problems.js';
import { CommandError } from '../command.error.js';
import type { SetupOptions } from './setup.options.js';

/** Options of the module that the setup is given. */
type GivenOption = 'webhookUrl' | 'adminChatId' | 'apiRoot';

/** @throws {@link CommandError} When the command line or the environment has a value that the app could not start with. */
export function checkGivenOptions({ webhookUrl, chat }: SetupOptions): void {
  const given = [
    [VARIABLES.apiRoot, 'apiRoot', process.env[VARIABLES.apiRoot]],
    ['--webhook-url', 'webhookUrl', webhookUrl],
    ['--chat', 'adminChatId', chat],
  ] as const;
  for (const [source, option, value] of given) {
    const problem = value === undefined ? undefined : problemOfOption(option, value);
    if (problem !== undefined) throw new CommandError(`${source} ${problem}`);
  }
}

/** What the module says of a value; undefined when the option can have it. */
export function problemOfOption(wanted: GivenOption, value: string): string | undefined {
  const given = { apiRoot: process.env[VARIABLES.apiRoot], [wanted]: value };
  const problem = problemsOf(given).find(({ option }) => option === wanted);
  return problem && `${problem.wants}; got ${problem.got}`;
}

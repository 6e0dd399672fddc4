import { VARIABLES } from '../../config/environment-variables.js';
import { CommandError } from '../command.error.js';
import { EnvFile } from './env-file.js';
import { setVariables } from './env-text.js';
import type { SetupSession } from './setup-session.js';

/** The variables of the app, by name. */
export type Variables = Readonly<Record<string, string>>;

/** Writes the variables of the app to its `.env`, or prints them. */
export class VariablesStep {
  constructor(private readonly session: SetupSession) {}

  /** @throws {@link CommandError} When the file cannot be read or is read-only: nobody is to answer questions for nothing. */
  async check(): Promise<void> {
    const { print, out } = this.session.options;
    if (!print) await EnvFile.open(out);
  }

  /** @throws {@link CommandError} When the file has other values that nobody allows to replace. */
  async run(values: Variables): Promise<void> {
    const { options, output } = this.session;
    if (options.print) {
      this.#print(values);
      return;
    }
    const file = await EnvFile.open(options.out);
    if (!(await this.#mayReplace(file, values))) {
      throw new CommandError(
        `${file.path} was left as it is. Pass --overwrite to replace these values, or --print to see the new ones`,
      );
    }
    await file.set(values);
    output.paragraph(`${file.path} has ${Object.keys(values).join(', ')}`, '✓ ', 'green');
    if (await file.isPublished()) {
      output.paragraph(
        `Add ${file.path} to your .gitignore: it holds the token, and git would publish it`,
        '! ',
        'yellow',
      );
    }
  }

  /** A token on the standard output would be in logs soon. */
  #print({ [VARIABLES.botToken]: _token, ...others }: Variables): void {
    const { output } = this.session;
    output.paragraph(`Set ${VARIABLES.botToken} to the token yourself; it is not printed.`);
    process.stdout.write(setVariables('', others));
  }

  async #mayReplace(file: EnvFile, values: Variables): Promise<boolean> {
    const { options, output, questions } = this.session;
    const names = file.differences(values);
    if (names.length === 0 || options.overwrite) return true;
    output.paragraph(`${file.path} has other values of ${names.join(', ')}`, '! ', 'yellow');
    return questions.areAnswered && questions.confirm('Replace them?', false);
  }
}

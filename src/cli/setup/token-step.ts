import { readFile } from 'node:fs/promises';
import { VARIABLES } from '../../config/environment-variables.js';
import { CommandError } from '../command.error.js';
import { connectBot, type ConnectedBot } from './bot-connection.js';
import type { SetupSession } from './setup-session.js';
import { tokenFlaw, unknownTokenHint } from './token-flaw.js';

/** A bot and the token that it was found by. */
export interface BotWithToken extends ConnectedBot {
  readonly token: string;
}

/** Finds the bot: by a file, by the environment, or by a token that is typed. */
export class TokenStep {
  constructor(private readonly session: SetupSession) {}

  /** @throws {@link CommandError} When there is no token that Telegram knows, and nobody to ask for one. */
  async run(): Promise<BotWithToken> {
    const { output, questions, signal, options } = this.session;
    let given = await this.#given();
    if (given === undefined && questions.areAnswered) {
      output.paragraph(
        'Open https://t.me/BotFather in Telegram, send /newbot, and copy the token that it answers with. What you type here is not shown.',
      );
    }
    for (;;) {
      const token = given ?? (await this.#asked());
      const flaw = tokenFlaw(token);
      const bot = flaw === undefined ? await connectBot(token, signal) : null;
      if (bot) {
        const source = given === undefined ? '' : `, from ${this.#source}`;
        output.paragraph(`The token is that of @${bot.user.username}${source}`, '✓ ', 'green');
        return { ...bot, token };
      }
      const reason = flaw ?? `Telegram does not know it: ${unknownTokenHint(token)}`;
      const problem = `the token${given === undefined ? '' : ` of ${this.#source}`} cannot be used: ${reason}`;
      if (!questions.areAnswered || options.tokenFile !== undefined) {
        throw new CommandError(`${problem}. Copy it from @BotFather`);
      }
      output.paragraph(`${problem}. Copy it from @BotFather`, '✗ ', 'red');
      given = undefined;
    }
  }

  get #source(): string {
    return this.session.options.tokenFile ?? VARIABLES.botToken;
  }

  async #given(): Promise<string | undefined> {
    const { tokenFile } = this.session.options;
    if (tokenFile === undefined) return process.env[VARIABLES.botToken]?.trim() || undefined;
    try {
      return (await readFile(tokenFile, 'utf8')).trim();
    } catch (error) {
      const { code } = Object(error);
      throw new CommandError(`${tokenFile} cannot be read (${code})`, { cause: error });
    }
  }

  async #asked(): Promise<string> {
    const { questions } = this.session;
    if (questions.areAnswered) return questions.askSecretly('Token');
    throw new CommandError(
      `there is no token: set ${VARIABLES.botToken}, or pass --token-file <path>`,
    );
  }
}

import type { BotCommand } from '@grammyjs/types';
import { BotApiError } from '../common/bot-api.error.js';
import { TextError } from '../text/text.error.js';
import type { BotApiParameters } from './bot-api-parameters.js';
import { isJsonObject, optionalBoolean, requiredString } from './json-fields.js';

const MAX_NAME_LENGTH = 32;
const MAX_DESCRIPTION_LENGTH = 256;
const MAX_COMMANDS = 100;

/**
 * Reads `commands`, without the slashes that they may begin with.
 *
 * @throws {@link BotApiError}
 */
export function readCommands(parameters: BotApiParameters): BotCommand[] {
  let commands: unknown;
  try {
    commands = parameters.json('commands') ?? [];
  } catch {
    throw BotApiError.of(400, "can't parse commands JSON object");
  }
  if (!Array.isArray(commands)) throw BotApiError.of(400, 'expected an Array of BotCommand');
  return commands.map((command: unknown) => readCommand(command));
}

/**
 * What td, and after it the data centre, checks of commands once their scope is known (td: BotCommand.cpp, `set_commands`).
 *
 * @throws {@link BotApiError}
 */
export function checkCommands(commands: readonly BotCommand[]): readonly BotCommand[] {
  for (const { command, description } of commands) {
    if (command === '') throw BotApiError.of(400, 'command must be non-empty');
    if (Array.from(command).length > MAX_NAME_LENGTH) {
      throw BotApiError.of(400, `command length must not exceed ${MAX_NAME_LENGTH}`);
    }
    if (description === '') throw BotApiError.of(400, 'command description must be non-empty');
    if (Array.from(description).length > MAX_DESCRIPTION_LENGTH) {
      throw BotApiError.of(
        400,
        `command description length must not exceed ${MAX_DESCRIPTION_LENGTH}`,
      );
    }
  }
  if (commands.length > MAX_COMMANDS) throw BotApiError.of(400, 'BOT_COMMANDS_TOO_MUCH');
  if (!commands.every(({ command }) => /^[a-z0-9_]+$/.test(command))) {
    throw BotApiError.of(400, 'BOT_COMMAND_INVALID');
  }
  return commands;
}

/** Commands that are not ephemeral do not say so, which is inferred. */
function readCommand(value: unknown): BotCommand {
  try {
    if (!isJsonObject(value)) throw new TextError('expected an Object');
    const command = requiredString(value, 'command').trim().replace(/^\//, '');
    const description = requiredString(value, 'description').trim();
    const isEphemeral = optionalBoolean(value, 'is_ephemeral');
    return { command, description, ...(isEphemeral && { is_ephemeral: true }) };
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw BotApiError.of(400, `can't parse BotCommand: ${error.message}`);
  }
}

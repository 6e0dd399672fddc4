import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { readCommands } from '../../parameters/command-reader.js';

/** `setMyCommands` and its siblings, each for one scope and language. */
export class MyCommandsMethod implements BotApiMethod {
  readonly name: 'deleteMyCommands' | 'getMyCommands' | 'setMyCommands';

  constructor(name: MyCommandsMethod['name']) {
    this.name = name;
  }

  call({ bot, parameters }: MethodCall): BotApiSuccess {
    const scope = readScope(parameters.text('scope'));
    const language = parameters.text('language_code');
    switch (this.name) {
      case 'getMyCommands':
        return { result: bot.commands.get(scope, language) };
      case 'setMyCommands':
        bot.commands.set(scope, language, readCommands(parameters));
        return { result: true };
      case 'deleteMyCommands':
        bot.commands.set(scope, language, []);
        return { result: true };
    }
  }
}

/** Scopes that say the same are the same, whatever the order of their fields. */
function readScope(text: string): string {
  if (text === '') return JSON.stringify([['type', 'default']]);
  try {
    const scope: unknown = JSON.parse(text);
    if (typeof scope === 'object' && scope !== null) {
      return JSON.stringify(
        Object.entries(scope).toSorted(([one], [other]) => (one < other ? -1 : 1)),
      );
    }
  } catch {
    throw BotApiError.of(400, "can't parse BotCommandScope JSON object");
  }
  throw BotApiError.of(400, 'BotCommandScope must be an Object');
}

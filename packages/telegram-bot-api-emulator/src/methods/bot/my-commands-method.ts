import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { checkCommands, readCommands } from '../../parameters/command-reader.js';
import { readCommandScope } from '../../parameters/command-scope-reader.js';
import type { ChatResolver } from '../../world/chat-resolver.js';
import { type CommandScope, keyOfScope } from '../../world/command-store.js';

/** `setMyCommands` and its siblings, each for one scope and language. */
export class MyCommandsMethod implements BotApiMethod {
  readonly name: 'deleteMyCommands' | 'getMyCommands' | 'setMyCommands';
  readonly #chats: ChatResolver;

  constructor(name: MyCommandsMethod['name'], chats: ChatResolver) {
    this.name = name;
    this.#chats = chats;
  }

  call(call: MethodCall): BotApiSuccess {
    const { bot, parameters } = call;
    const commands = this.name === 'setMyCommands' ? readCommands(parameters) : [];
    const scope = keyOfScope(this.#findScope(call));
    const language = readLanguage(parameters.text('language_code'));
    if (this.name === 'getMyCommands') return { result: bot.commands.get(scope, language) };
    bot.commands.set(scope, language, checkCommands(commands));
    return { result: true };
  }

  /** The chat of a scope has to be one that has commands of its own (td: BotCommandScope.cpp, `get_bot_command_scope`). */
  #findScope({ bot, parameters }: MethodCall): CommandScope {
    const request = readCommandScope(parameters);
    if (!('chatId' in request)) return request;
    const { id: chatId, chat } = this.#chats.resolve(bot, request.chatId, 'readMembers');
    if (chat.type === 'private' && request.type !== 'chat') {
      throw BotApiError.of(400, "can't use specified scope in private chats");
    }
    if (chat.type === 'channel')
      throw BotApiError.of(400, "can't change commands in channel chats");
    return { ...request, chatId };
  }
}

/** Two letters or nothing (td: misc.cpp, `validate_bot_language_code`). */
function readLanguage(code: string): string {
  if (/^(?:[a-z]{2})?$/.test(code)) return code;
  throw BotApiError.of(400, 'invalid language code specified');
}

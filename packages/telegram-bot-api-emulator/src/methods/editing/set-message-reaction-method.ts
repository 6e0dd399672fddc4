import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import type { BotApiParameters } from '../../parameters/bot-api-parameters.js';
import type { ChatResolver } from '../../world/chat-resolver.js';
import { isJsonObject, requiredString } from '../../parameters/json-fields.js';
import { isReactionEmoji } from '../../world/reaction-emoji.js';
import { TextError } from '../../text/text.error.js';

/** A bot may set one reaction on a message. */
const MAX_REACTIONS = 1;

/** Sets or, without any, removes the bot's reaction (telegram-bot-api, Client.cpp, `get_reaction_types`). */
export class SetMessageReactionMethod implements BotApiMethod {
  readonly name = 'setMessageReaction';
  readonly #chats: ChatResolver;

  constructor(chats: ChatResolver) {
    this.#chats = chats;
  }

  call({ bot, parameters }: MethodCall): BotApiSuccess {
    const emoji = readReactions(parameters);
    const messageId = parameters.messageId('message_id');
    const room = this.#chats.resolve(bot, parameters.text('chat_id'), 'read');
    const isVisible = room.chat.type !== 'supergroup' || room.has(bot.id);
    if (messageId === 0 || !isVisible || !room.history.find(messageId)) {
      throw BotApiError.of(400, 'message to react not found');
    }
    if (emoji.length > MAX_REACTIONS) throw BotApiError.of(400, 'REACTIONS_TOO_MANY');
    if (!emoji.every((each) => isReactionEmoji(each) && room.allowsReaction(each))) {
      throw BotApiError.of(400, 'REACTION_INVALID');
    }
    room.history.react(messageId, bot.id, emoji);
    return { result: true };
  }
}

function readReactions(parameters: BotApiParameters): string[] {
  let reactions: unknown;
  try {
    reactions = parameters.json('reaction') ?? [];
  } catch {
    throw BotApiError.of(400, "can't parse reaction types JSON object");
  }
  if (!Array.isArray(reactions)) throw BotApiError.of(400, 'expected an Array of ReactionType');
  try {
    return reactions.map((reaction: unknown) => readReaction(reaction));
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw BotApiError.of(400, `can't parse ReactionType: ${error.message}`);
  }
}

function readReaction(reaction: unknown): string {
  if (!isJsonObject(reaction)) throw new TextError('expected an Object');
  const type = requiredString(reaction, 'type');
  if (type === 'emoji') return requiredString(reaction, 'emoji');
  // No chat of the emulator allows custom emoji; as an emoji the id is none that is allowed.
  if (type === 'custom_emoji') return requiredString(reaction, 'custom_emoji_id');
  throw new TextError('invalid reaction type specified');
}

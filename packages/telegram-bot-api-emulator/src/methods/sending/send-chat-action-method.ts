import type { FloodGate } from '../../floods/flood-gate.js';
import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import type { ChatResolver } from '../../world/chat-resolver.js';

const ACTIONS = new Set([
  'choose_sticker',
  'find_location',
  'record_audio',
  'record_video',
  'record_video_note',
  'record_voice',
  'typing',
  'upload_audio',
  'upload_document',
  'upload_photo',
  'upload_video',
  'upload_video_note',
  'upload_voice',
]);

/** Shows that the bot is busy. The topic is not checked: even one that is gone is fine. */
export class SendChatActionMethod implements BotApiMethod {
  readonly name = 'sendChatAction';
  readonly #chats: ChatResolver;
  readonly #floods: FloodGate;

  constructor(chats: ChatResolver, floods: FloodGate) {
    this.#chats = chats;
    this.#floods = floods;
  }

  call({ bot, parameters }: MethodCall): BotApiSuccess {
    if (!ACTIONS.has(parameters.text('action').toLowerCase())) {
      throw BotApiError.of(400, 'wrong parameter action in request');
    }
    const room = this.#chats.resolve(bot, parameters.text('chat_id'), 'write');
    this.#floods.spend(bot, room, { kind: 'action', count: 1 });
    return { result: true };
  }
}

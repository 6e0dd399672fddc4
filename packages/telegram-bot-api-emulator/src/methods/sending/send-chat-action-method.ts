import type { FloodGate } from '../../floods/flood-gate.js';
import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import type { ChatResolver } from '../../world/chat-resolver.js';
import type { WorldChanges } from '../../world/world-changes.js';

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
  readonly #changes: WorldChanges;

  constructor(chats: ChatResolver, floods: FloodGate, changes: WorldChanges) {
    this.#chats = chats;
    this.#floods = floods;
    this.#changes = changes;
  }

  call({ bot, parameters }: MethodCall): BotApiSuccess {
    const action = parameters.text('action').toLowerCase();
    if (!ACTIONS.has(action)) {
      throw BotApiError.of(400, 'wrong parameter action in request');
    }
    const room = this.#chats.resolve(bot, parameters.text('chat_id'), 'write');
    this.#floods.spend(bot, room, { kind: 'action', count: 1 });
    const topicId = parameters.messageId('message_thread_id');
    this.#changes.emit({
      kind: 'chatAction',
      room,
      chatAction: { botId: bot.id, topicId, action },
    });
    return { result: true };
  }
}

import type { BotApiMethod, BotApiSuccess } from '../../http/bot-api-method.js';

/** Lists the free topic icons, of which the emulator has none. */
export class GetForumTopicIconStickersMethod implements BotApiMethod {
  readonly name = 'getForumTopicIconStickers';

  call(): BotApiSuccess {
    return { result: [] };
  }
}

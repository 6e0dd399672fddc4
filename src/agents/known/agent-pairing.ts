import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../../bot/bot-api-client.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { ErrorDescriber } from '../../errors/index.js';
import { AgentStore } from '../../storage/agent-store.js';
import { BotStorage } from '../../storage/bot-storage.js';
import type { TtlStore } from '../../storage/ttl-store.js';
import type { Agent } from '../../updates/agent.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';
import { hashOf, startCodeIn } from './pairing-code.js';

/** How long somebody who tries codes gets no second answer, so that they use up no rate limit. */
const REFUSAL_INTERVAL_MS = 60_000;

/** Links people who start the bot with a code to users of the app, and says so in that private chat. */
@Injectable()
export class AgentPairing {
  readonly #logger: ThrottledLogger;
  /** By person, the update whose code was refused. */
  readonly #refused: TtlStore;

  constructor(
    private readonly store: AgentStore,
    private readonly api: BotApiClient,
    private readonly settings: TelegramSettings,
    storage: BotStorage,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(AgentPairing.name, errors);
    this.#refused = storage.ttlStore('agent:refused', REFUSAL_INTERVAL_MS);
  }

  /**
   * @returns Whether the update brings a code; all else is none of this.
   * @throws When the store does not answer.
   */
  async accept({ id, type, message, agent }: IncomingUpdate): Promise<boolean> {
    if (type !== 'message' || message?.chat.type !== 'private' || !agent) return false;
    // What somebody forwards or sends by a bot is not theirs.
    if (agent.anonymous || message.forward_origin || message.chat.id !== agent.id) return false;
    const code = startCodeIn(message.text);
    if (code === undefined) return false;
    const words = await this.#pair(code, agent, id);
    if (words !== null) await this.#say(message.chat.id, words);
    return true;
  }

  async #pair(code: string, { id, name }: Agent, updateId: number): Promise<string | null> {
    const { texts } = this.settings;
    const used = await this.store.useCode(hashOf(code), id);
    if (used && used !== 'used') return String(texts.html('agentLinked', { agent: name }));
    const occasion = String(updateId);
    if ((await this.#refused.setIfAbsent(String(id), occasion)) !== occasion) return null;
    return String(texts.html(used === 'used' ? 'agentLinkUsed' : 'agentLinkExpired'));
  }

  /** What it says is true whether or not it arrives. */
  async #say(chatId: number, text: string): Promise<void> {
    try {
      await this.api.call('sendMessage', { chat_id: chatId, text, parse_mode: 'HTML' });
    } catch (error) {
      this.#logger.warn(
        `Somebody who follows a link for agents has got no answer: ${this.#logger.describe(error)}`,
      );
    }
  }
}

import { SafeLogger } from '../common/safe-logger.js';
import type { OutboundService } from '../outbound/outbound.service.js';
import type { TtlStore } from '../storage/ttl-store.js';
import type { AgentHint } from './update-router.js';

/** How long an agent is not told the same again. */
export const AGENT_HINT_INTERVAL_MS = 60 * 60 * 1000;

/** Tells agents that what they did reached nobody, and what to do: each mistake once an hour to each agent. */
export class AgentNotifier {
  readonly #logger = new SafeLogger(AgentNotifier.name);
  readonly #outbox: OutboundService;
  readonly #told: TtlStore;
  #hasLoggedChannel = false;

  /** @param told That keeps what it is given for {@link AGENT_HINT_INTERVAL_MS}. */
  constructor(outbox: OutboundService, told: TtlStore) {
    this.#outbox = outbox;
    this.#told = told;
  }

  /**
   * @param updateId By what the occasion is known when Telegram tells of it again.
   * @throws When it could not be stored.
   */
  async notify(
    { words, reason, about, agentId }: Omit<AgentHint, 'kind'>,
    updateId: number,
  ): Promise<void> {
    if (reason === 'channel') this.#logChannel(about.chatId);
    const occasion = `update:${updateId}`;
    const mistake = [words, reason, agentId].join(':');
    // The same occasion may be told of again: what could not be stored comes back, and what could is known.
    if ((await this.#told.setIfAbsent(mistake, occasion)) !== occasion) return;
    const details = reason && { notAReplyReason: reason };
    await this.#outbox.notifyAgent(words, about, details, occasion);
  }

  #logChannel(chatId: number): void {
    if (this.#hasLoggedChannel) return;
    this.#hasLoggedChannel = true;
    this.#logger.error(
      `Somebody answers by a channel (seen in chat ${chatId}), and nothing of it reaches a customer: a channel does not tell who wrote. Set adminChatId to a group`,
    );
  }
}

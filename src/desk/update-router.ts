import { Injectable } from '@nestjs/common';
import type { Update } from '@grammyjs/types';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { AgentIdentities } from '../agents/known/agent-identities.js';
import { AgentPairing } from '../agents/known/agent-pairing.js';
import { ErrorDescriber } from '../errors/index.js';
import { HANDLED, type AcceptedUpdate } from '../inbound/update-handler.interface.js';
import { BotToken } from '../secrets/bot-token.js';
import type { IncomingUpdate, UpdateType } from '../updates/incoming-update.interface.js';
import { readUpdate } from '../updates/update-validator.js';
import type { Desk } from './desk.js';
import { UpdateTelemetry } from '../telemetry/update-telemetry.js';
import { Desks } from './desks.js';

interface DesksOfChat {
  readonly desks: readonly Desk[];
  /** Whether the chat is that of a desk, or may be. */
  readonly isOurs: boolean;
}

/** Accepts the updates of a bot, by webhook or by polling, and gives each to the desk that it is for. */
@Injectable()
export class UpdateRouter {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly desks: Desks,
    private readonly token: BotToken,
    private readonly pairing: AgentPairing,
    private readonly identities: AgentIdentities,
    private readonly telemetry: UpdateTelemetry,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(UpdateRouter.name, errors);
  }

  /** The types of updates that any desk takes, each once: Telegram's `allowed_updates`. */
  async updateTypes(): Promise<readonly UpdateType[]> {
    const desks = await this.desks.all();
    return [...new Set(desks.flatMap(({ inbound }) => inbound.updateTypes))];
  }

  /**
   * Resolves when Telegram may forget the update.
   *
   * @throws When it could not be stored, which is logged. Telegram has to deliver it again.
   */
  async accept(update: Update): Promise<void> {
    try {
      const { persisted } = await this.enqueue(update);
      await persisted;
    } catch (error) {
      const reason = this.#logger.describe(error);
      this.#logger.error(
        `Update ${update.update_id} could not be stored: ${reason}. Telegram will deliver it again for 24 hours: fix the cause within that time`,
        reason,
      );
      throw error;
    }
  }

  /**
   * Resolves when the update has its place in the queue, behind those that were enqueued before it.
   *
   * @throws When it could not be stored. Telegram has to deliver it again.
   */
  async enqueue(update: Update): Promise<AcceptedUpdate> {
    const incoming = readUpdate(update, await this.updateTypes(), this.token.botId);
    if (!incoming) return HANDLED;
    return this.telemetry.receive(incoming.type, () => this.#enqueue(incoming));
  }

  async #enqueue(incoming: IncomingUpdate): Promise<AcceptedUpdate> {
    if (await this.pairing.accept(incoming)) return HANDLED;
    const { desks, isOurs } = await this.#desksFor(incoming);
    const identified = isOurs ? await this.identities.identify(incoming) : incoming;
    for (const { inbound } of desks) {
      const accepted = await inbound.take(identified);
      if (accepted) return accepted;
    }
    return HANDLED;
  }

  /** The desk whose chat it is from; all of them, if it is from none, because one may have moved to it. */
  async #desksFor({ message, reaction, press, membership }: IncomingUpdate): Promise<DesksOfChat> {
    const desks = await this.desks.all();
    const chat = (message ?? reaction ?? press ?? membership)?.chat;
    const owner = chat && desks.find(({ adminChat }) => adminChat.is(chat));
    const isOurs = chat !== undefined && desks.some(({ adminChat }) => adminChat.mayBe(chat));
    return owner ? { desks: [owner], isOurs: true } : { desks, isOurs };
  }
}

import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../../bot/bot-api-client.js';
import { AgentStore } from '../../storage/agent-store.js';
import { AgentLinkOptions, LinkedUser } from './agent-link.options.js';
import { validArgument } from '../../outbound/argument-validator.js';
import type { LinkedAgent } from './linked-agent.interface.js';
import { createCode, hashOf } from './pairing-code.js';

/** How long a link is valid. */
const LIFE_MS = 24 * 60 * 60 * 1000;

/** Makes links by which users of the app become known as agents. */
@Injectable()
export class AgentDirectory {
  #username: string | undefined;

  constructor(
    private readonly store: AgentStore,
    private readonly api: BotApiClient,
  ) {}

  async link(userId: string, options: AgentLinkOptions = {}): Promise<string> {
    const valid = validArgument('agentLink', LinkedUser, { userId });
    const { ttlMs = LIFE_MS } = validArgument('agentLink', AgentLinkOptions, options);
    this.#username ??= (await this.api.call('getMe')).username;
    const code = createCode();
    await this.store.addCode(hashOf(code), valid.userId, ttlMs);
    return `https://t.me/${this.#username}?start=${code}`;
  }

  async list(): Promise<LinkedAgent[]> {
    const accounts = await this.store.linked();
    return accounts.map(({ userId, telegramId }) => ({ userId, telegramId }));
  }

  unlink(userId: string): Promise<boolean> {
    const valid = validArgument('unlinkAgent', LinkedUser, { userId });
    return this.store.unlink(valid.userId);
  }
}

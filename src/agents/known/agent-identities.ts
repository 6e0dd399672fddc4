import { Injectable } from '@nestjs/common';
import { AgentStore } from '../../storage/agent-store.js';
import type { Agent } from '../../updates/agent.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';

/** Adds to agents who they are in the app, if it has linked them. */
@Injectable()
export class AgentIdentities {
  constructor(private readonly store: AgentStore) {}

  /** The update, with the user of whoever has written or pressed. @throws When the store does not answer. */
  async identify(update: IncomingUpdate): Promise<IncomingUpdate> {
    const { agent, press } = update;
    if (agent) return { ...update, agent: await this.known(agent) };
    return press
      ? { ...update, press: { ...press, agent: await this.known(press.agent) } }
      : update;
  }

  /** Nobody knows who is behind an anonymous administrator. @throws When the store does not answer. */
  async known(agent: Agent): Promise<Agent> {
    if (agent.anonymous) return agent;
    const userId = await this.store.userOf(agent.id);
    return userId === null ? agent : { ...agent, userId };
  }
}

import { Injectable } from '@nestjs/common';
import { AgentStore } from '../../storage/agent-store.js';
import type { Agent } from '../../updates/agent.js';
import { AgentIdentities } from './agent-identities.js';
import type { AgentOnDuty } from './agent-on-duty.interface.js';

/** Who is on duty; plain JSON. */
interface DutyNote {
  readonly agent: Agent;
  readonly sinceMs: number;
}

/** Knows who is on duty at the desks of a bot. */
@Injectable()
export class AgentDuty {
  constructor(
    private readonly store: AgentStore,
    private readonly identities: AgentIdentities,
  ) {}

  /** Those who came first first. @throws When the store does not answer. */
  async list(desk: string): Promise<AgentOnDuty[]> {
    const notes = await this.#notes(desk);
    return Promise.all(
      notes.map(async ({ agent: { userId: _former, ...agent }, sinceMs }) => ({
        // They may have been linked since.
        agent: await this.identities.known(agent),
        since: new Date(sinceMs),
      })),
    );
  }

  /** @returns Whether they were not on duty before. @throws When the store does not answer. */
  async begin(desk: string, agent: Agent, sinceMs: number): Promise<boolean> {
    if (await this.#isOn(desk, agent)) return false;
    const note: DutyNote = { agent, sinceMs };
    await this.store.setDuty(desk, agent.id, JSON.stringify(note));
    return true;
  }

  /** @returns Whether they were on duty. @throws When the store does not answer. */
  async end(desk: string, agent: Agent): Promise<boolean> {
    const wasOn = await this.#isOn(desk, agent);
    await this.store.setDuty(desk, agent.id, null);
    return wasOn;
  }

  async #isOn(desk: string, { id }: Agent): Promise<boolean> {
    return (await this.#notes(desk)).some(({ agent }) => agent.id === id);
  }

  async #notes(desk: string): Promise<DutyNote[]> {
    const texts = await this.store.duty(desk);
    const notes = texts.map((text): DutyNote => JSON.parse(text));
    return notes.toSorted((one, other) => one.sinceMs - other.sinceMs);
  }
}

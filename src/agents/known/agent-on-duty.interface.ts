import type { Agent } from '../../updates/agent.js';

/**
 * An agent who is on duty at a desk.
 *
 * @publicApi
 */
export interface AgentOnDuty {
  readonly agent: Agent;
  /** When they went on duty. */
  readonly since: Date;
}

import type { Agent } from '../../updates/agent.js';

/**
 * Decides whether somebody in the admin chat may answer customers: the option `agents` as a function. `agent.userId` is
 * the app's own id, of those who have followed a link of `telegram.agentLink()`.
 *
 * It is asked when they write, react or press a button, and what it says holds for 10 seconds. When it throws, or does
 * not answer within 3 seconds, they may not, and the log says so.
 *
 * @publicApi
 *
 * @example
 * agents: async ({ userId }) => userId !== undefined && (await users.hasRole(userId, 'support'))
 */
export type AgentDecision = (
  agent: Agent,
  context: AgentDecisionContext,
) => boolean | Promise<boolean>;

/**
 * Where somebody wants to answer.
 *
 * @publicApi
 */
export interface AgentDecisionContext {
  /** The name of the desk. */
  readonly desk: string;
}

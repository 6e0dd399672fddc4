import { IsInt, IsOptional, IsPositive, IsString } from 'class-validator';
import { ThreadTarget } from './thread-target.js';

const AGENT_RULE = '$property must be the Telegram user id of a person, or null';

/**
 * Whose a thread is to be.
 *
 * @publicApi
 */
export class ThreadAssignment extends ThreadTarget {
  /** The Telegram user id of the agent, or null for nobody. */
  @IsInt({ message: AGENT_RULE })
  @IsPositive({ message: AGENT_RULE })
  agentId!: number | null;

  /** Their name, as other agents are to read it. Without one they read the id. */
  @IsOptional()
  @IsString()
  name?: string | undefined;
}

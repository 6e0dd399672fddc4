import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsIdentifier } from '../../outbound/is-identifier.decorator.js';

/** The longest life of a link: 30 days. */
const MOST_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * How `agentLink()` makes a link.
 *
 * @publicApi
 */
export class AgentLinkOptions {
  /**
   * How long it is valid, in milliseconds: 30 days at most.
   *
   * @default 86_400_000 (24 hours)
   */
  @IsOptional()
  @IsInt({ message: 'ttlMs must be a whole number of milliseconds' })
  @Min(1, { message: 'ttlMs must be at least 1' })
  @Max(MOST_MS, { message: `ttlMs must be at most ${MOST_MS} (30 days)` })
  ttlMs?: number | undefined;
}

/** A user of the app. */
export class LinkedUser {
  /** 1 to 256 characters. */
  @IsIdentifier()
  userId!: string;
}

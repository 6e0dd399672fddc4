import { IsOptional } from 'class-validator';
import { IsOtherReactionThan, IsReaction } from './option-checks.js';

/**
 * The reactions by which the bot shows how a reply stands, and by which agents act. Each is one of the 73 emoji that
 * Telegram has for reactions (`ReactionTypeEmoji`), or false to do without it.
 *
 * @publicApi
 *
 * @example
 * reactions: { taken: '💯', close: false }
 */
export class ReactionOptions {
  /**
   * What the bot sets on a reply that the app has handled. In a chat that forbids it, another one that the chat allows.
   *
   * @default '👍'
   */
  @IsOptional()
  @IsReaction()
  taken?: string | false | undefined;

  /**
   * What the bot sets on a reply that the customer has read.
   *
   * @default '👀'
   */
  @IsOptional()
  @IsReaction()
  read?: string | false | undefined;

  /**
   * What an agent sets on a reply of their own to delete it, and the bot once the app has deleted it. With false, agents
   * delete by `/del` alone, and the bot says in words that it was done.
   *
   * @default '🙈'
   */
  @IsOptional()
  @IsReaction()
  @IsOtherReactionThan('close')
  deleted?: string | false | undefined;

  /**
   * What an agent sets on a message of a thread to close the thread. Only with `mode: 'topics'`.
   *
   * @default '👌'
   */
  @IsOptional()
  @IsReaction()
  @IsOtherReactionThan('deleted')
  close?: string | false | undefined;
}

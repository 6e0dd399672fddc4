import type { MessageReactionUpdated } from '@grammyjs/types';
import type { Agent } from './agent.js';
import { isInteger, isRecord, isString, optional } from './json-checks.js';
import { isChat, isDate, isUser } from './telegram-checks.js';

/** Whether a value is a change of reactions, as far as the desk reads it. */
export function isReactionChange(value: unknown): value is MessageReactionUpdated {
  return (
    isRecord(value) &&
    isChat(value['chat']) &&
    isInteger(value['message_id']) &&
    isDate(value['date']) &&
    optional(value['user'], isUser) &&
    optional(value['actor_chat'], isChat) &&
    areReactions(value['old_reaction']) &&
    areReactions(value['new_reaction'])
  );
}

/** Whether somebody has added an emoji. */
export function isAdded(
  { old_reaction: before, new_reaction: after }: MessageReactionUpdated,
  emoji: string,
): boolean {
  const has = (reactions: typeof after): boolean =>
    reactions.some((reaction) => reaction.type === 'emoji' && reaction.emoji === emoji);
  return has(after) && !has(before);
}

/** Who has reacted; null when it was no person. Anonymous administrators react as the chat. */
export function reactingAgent({ user, actor_chat: chat }: MessageReactionUpdated): Agent | null {
  if (chat) {
    return {
      id: chat.id,
      name: chat.title ?? 'Admin',
      ...(chat.username !== undefined && { username: chat.username }),
      anonymous: true,
    };
  }
  if (!user || user.is_bot) return null;
  const name = [user.first_name, user.last_name].filter(Boolean).join(' ');
  return { id: user.id, name, username: user.username, anonymous: false };
}

function areReactions(value: unknown): boolean {
  return Array.isArray(value) && value.every((reaction) => isReaction(reaction));
}

function isReaction(value: unknown): boolean {
  return isRecord(value) && isString(value['type']) && optional(value['emoji'], isString);
}

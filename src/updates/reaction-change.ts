import type { MessageReactionUpdated, ReactionType } from '@grammyjs/types';
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

/**
 * The reactions that somebody has added and taken away: emoji as they are, custom emoji as `custom:<id>`, a paid star as
 * `paid`. Those of a kind that this version does not know are left out.
 */
export function changedReactions({
  old_reaction: before,
  new_reaction: after,
}: MessageReactionUpdated): { readonly added: string[]; readonly removed: string[] } {
  const [old, present] = [namesOf(before), namesOf(after)];
  return {
    added: present.filter((name) => !old.includes(name)),
    removed: old.filter((name) => !present.includes(name)),
  };
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

function namesOf(reactions: readonly ReactionType[]): string[] {
  const names = reactions.map((reaction) => nameOf(reaction));
  return [...new Set(names)].filter((name) => name !== undefined);
}

function nameOf(reaction: ReactionType): string | undefined {
  switch (reaction.type) {
    case 'emoji':
      return reaction.emoji;
    case 'custom_emoji':
      return `custom:${reaction.custom_emoji_id}`;
    case 'paid':
      return 'paid';
    default:
      return undefined;
  }
}

function areReactions(value: unknown): boolean {
  return Array.isArray(value) && value.every((reaction) => isReaction(reaction));
}

function isReaction(value: unknown): boolean {
  if (!isRecord(value) || !isString(value['type'])) return false;
  if (value['type'] === 'emoji') return isString(value['emoji']);
  return value['type'] !== 'custom_emoji' || isString(value['custom_emoji_id']);
}

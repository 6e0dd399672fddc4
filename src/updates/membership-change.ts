import type { ChatMemberUpdated } from '@grammyjs/types';
import { isRecord, isString, optional } from './json-checks.js';
import { isChat, isUser } from './telegram-checks.js';

/** Whether a value is a change of somebody's membership, as far as the desk reads it. */
export function isMembershipChange(value: unknown): value is ChatMemberUpdated {
  return (
    isRecord(value) &&
    isChat(value['chat']) &&
    isMember(value['old_chat_member']) &&
    isMember(value['new_chat_member'])
  );
}

function isMember(value: unknown): boolean {
  return (
    isRecord(value) &&
    isString(value['status']) &&
    isUser(value['user']) &&
    optional(value['is_member'], isBoolean) &&
    optional(value['can_send_messages'], isBoolean) &&
    optional(value['can_manage_topics'], isBoolean)
  );
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

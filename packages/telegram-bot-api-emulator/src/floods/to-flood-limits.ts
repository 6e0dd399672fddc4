import type { EmulatorLimits } from './emulator-limits.options.js';
import type { FloodLimits } from './flood-gate.js';
import type { FloodLimit } from './flood-window.js';

const GROUP_LIMIT = { messages: 20, windowMs: 60_000 };
const ACTION_LIMITS = [
  { messages: 20, windowMs: 5_000 },
  { messages: 40, windowMs: 30_000 },
];
const OVERALL_LIMIT = { messages: 30, windowMs: 1_000 };

/** The limits that are in force, those that were not named by default included. */
export function toFloodLimits(limits: EmulatorLimits = {}): FloodLimits {
  const { group = GROUP_LIMIT, overall = OVERALL_LIMIT } = limits;
  const { groupEdits = GROUP_LIMIT, private: person, chat, chatActions = ACTION_LIMITS } = limits;
  return {
    group: kept(group),
    groupEdits: kept(groupEdits),
    private: kept(person),
    chat: kept(chat),
    overall: kept(overall),
    chatActions: chatActions || [],
  };
}

/** `false` is how a test says that there is no limit. */
function kept(limit: FloodLimit | false | undefined): FloodLimit | undefined {
  return limit || undefined;
}

import type { TelegramSettings } from '../config/telegram-settings.js';
import type { TextKey } from '../texts/agent-texts.interface.js';

/** Injection token of the list of {@link BuiltInCommand}s. */
export const BUILT_IN_COMMANDS = Symbol('BUILT_IN_COMMANDS');

/** Injection token of the list of {@link GeneralCommand}s. */
export const GENERAL_COMMANDS = Symbol('GENERAL_COMMANDS');

/** The commands of the module, in the order of the menu, and what describes them. Those of the app cannot have these names. */
export const BUILT_IN_DESCRIPTIONS = {
  help: 'helpDescription',
  note: 'noteDescription',
  del: 'delDescription',
  history: 'historyDescription',
  s: 'snippetDescription',
  close: 'closeDescription',
  reopen: 'reopenDescription',
  refresh: 'refreshDescription',
  claim: 'claimDescription',
  release: 'releaseDescription',
  transfer: 'transferDescription',
  reveal: 'revealDescription',
  on: 'onDescription',
  off: 'offDescription',
  duty: 'dutyDescription',
  whoami: 'whoamiDescription',
  doctor: 'doctorDescription',
} as const satisfies Record<string, TextKey>;

/** What the buttons are named that take a reply back which waits, and let it go out. */
export const STOP_COMMAND = 'stop_reply';
export const SEND_COMMAND = 'send_reply';

/** Commands of the module that only buttons give. Those of the app cannot have these names either. */
export const BUTTON_COMMANDS: ReadonlySet<string> = new Set([
  'retry',
  'discard',
  STOP_COMMAND,
  SEND_COMMAND,
]);

/** Commands of the module that only desks with certain options offer. */
const DEPENDENT_COMMANDS: ReadonlySet<string> = new Set(['s', 'claim', 'release']);

/** The text that describes a command of the module. */
export type BuiltInDescription = (typeof BUILT_IN_DESCRIPTIONS)[keyof typeof BUILT_IN_DESCRIPTIONS];

/** The commands of the module that are of use at a desk, and what describes them. */
export function offeredCommands({
  replies,
  claims,
}: Pick<TelegramSettings, 'replies' | 'claims'>): Array<
  [name: string, description: BuiltInDescription]
> {
  const isOfUse: Readonly<Record<string, boolean>> = {
    s: Object.keys(replies.snippets).length > 0,
    claim: claims !== null,
    release: claims !== null,
  };
  const all: Array<[string, BuiltInDescription]> = Object.entries(BUILT_IN_DESCRIPTIONS);
  return all.filter(([name]) => isOfUse[name] ?? true);
}

/** The names of the commands of the module that every desk offers, whatever its options. */
export function alwaysOffered(): string[] {
  const names = Object.keys(BUILT_IN_DESCRIPTIONS);
  return names.filter((name) => !DEPENDENT_COMMANDS.has(name));
}

import type { PageBot } from '../../src/page/page-protocol.js';
import type { ShownCommand } from './command-menu.js';

/** The commands that begin as a text does: of bots whose text is a slash and perhaps a part of a command. */
export function commandsFor(text: string, bots: readonly PageBot[]): readonly ShownCommand[] {
  const typed = /^\/([\w@]*)$/.exec(text)?.[1]?.toLowerCase();
  if (typed === undefined) return [];
  const commands = bots.flatMap(({ commands: own, username }) =>
    own.map(({ command, description }) => ({
      // Only where there are several bots must a command say which one is meant.
      text: bots.length > 1 ? `/${command}@${username}` : `/${command}`,
      description,
    })),
  );
  return commands.filter((command) => command.text.slice(1).toLowerCase().startsWith(typed));
}

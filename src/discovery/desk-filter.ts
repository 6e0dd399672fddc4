/** Which bots and desks a decorated method is for. */
export interface DeskFilter {
  /**
   * The desk, or several, by the names in the option `desks`; `default` for the one whose options stand at the
   * top. A name that no desk has is reported at boot.
   *
   * @default all desks
   */
  readonly desk?: string | readonly string[] | undefined;
  /**
   * The bot, or several, by the `name` of the module; `default` for the one without a name.
   *
   * @default all bots
   */
  readonly bot?: string | readonly string[] | undefined;
}

/** The names of a desk and its bot. */
export interface OwnDesk {
  readonly bot: string;
  readonly desk: string;
}

/** Whether a method is for a desk of a bot. */
export function isForDesk({ desk, bot }: DeskFilter, own: OwnDesk): boolean {
  return isNamed(desk, own.desk) && isNamed(bot, own.bot);
}

function isNamed(wanted: string | readonly string[] | undefined, name: string): boolean {
  return wanted === undefined || [wanted].flat().includes(name);
}

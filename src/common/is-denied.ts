/**
 * Whether Telegram denies something. Servers of an older Bot API leave out fields that its types always have, which
 * denies nothing.
 */
export function isDenied(field: boolean | undefined): boolean {
  return field === false;
}

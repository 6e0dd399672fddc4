/** What identifies an agent's reply, independently of the code under test. */
export interface OracleRule {
  readonly adminChatId: number;
  readonly botId: number;
  /** The link of a notice. */
  readonly reference: string;
}

/**
 * Whether an update may reach a handler, decided without the code under test: a person replied, in the
 * admin chat, to a message of the bot that contains the reference. Edits, channel posts and messages in a
 * group that reply to nothing may not. The test stores no mappings, so a reply from another topic has no
 * thread.
 */
export function mayReach(body: unknown, { adminChatId, botId, reference }: OracleRule): boolean {
  const message = at(body, 'message');
  const replied = at(message, 'reply_to_message');
  const isInAdminChat =
    at(message, 'chat', 'id') === adminChatId && at(replied, 'chat', 'id') === adminChatId;
  const carried = JSON.stringify([at(replied, 'entities'), at(replied, 'caption_entities')]);
  return (
    isInAdminChat &&
    at(replied, 'from', 'id') === botId &&
    carried.includes(JSON.stringify(reference)) &&
    isPerson(message, adminChatId)
  );
}

function isPerson(message: unknown, adminChatId: number): boolean {
  const sender = at(message, 'sender_chat', 'id');
  const isAnonymous = at(message, 'from', 'id') === 1_087_968_824 && sender === adminChatId;
  const isChannel = at(message, 'from', 'id') === 136_817_688 && typeof sender === 'number';
  const isForwarded = at(message, 'is_automatic_forward') === true;
  return !isForwarded && (isAnonymous || isChannel || at(message, 'from', 'is_bot') === false);
}

/** The value at a path of a JSON value of unknown shape. */
function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    const isObject = typeof inner === 'object' && inner !== null;
    return isObject ? Object.getOwnPropertyDescriptor(inner, key)?.value : undefined;
  }, value);
}

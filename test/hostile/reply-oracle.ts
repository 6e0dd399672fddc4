/** Whose replies are agents' replies, as the test sees it. */
export interface OracleRule {
  readonly adminChatId: number;
  readonly botId: number;
  /** The link of a notice. */
  readonly reference: string;
}

/**
 * Whether an update may reach a handler at all, told without the code under test: a person answered, in
 * the admin chat, a message of the bot there that carries the reference. Only a new message does that: an
 * edit does not, nor a channel's post, nor in a group what replies to nothing. The bot knows no mapping there,
 * so that a reply from another topic has no thread.
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

/** What stands there in a JSON value of unknown shape. */
function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    const isObject = typeof inner === 'object' && inner !== null;
    return isObject ? Object.getOwnPropertyDescriptor(inner, key)?.value : undefined;
  }, value);
}

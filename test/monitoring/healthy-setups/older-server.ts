import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { SetupWorld } from '../wrong-setups/setup-world.js';

/** What servers before some version of the Bot API do not say of a bot, of a chat, or of a member. */
const UNKNOWN_FIELDS: ReadonlySet<string> = new Set([
  'can_join_groups',
  'can_read_all_group_messages',
  'has_topics_enabled',
  'allows_users_to_create_topics',
  'available_reactions',
  'can_react_to_messages',
  'can_send_messages',
  'can_send_photos',
  'can_send_videos',
  'can_send_audios',
  'can_send_documents',
  'can_send_voice_notes',
  'is_member',
  'is_forum',
]);

/** Starts a Bot API server that leads to the emulator, but leaves fields out; resolves with its address. */
export function startOlderServer(world: SetupWorld): Promise<string> {
  return world.server((request, response) => void answer(world, request, response));
}

async function answer(
  { emulator }: SetupWorld,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', headers, url = '' } = request;
  const body = await text(request);
  const full = await fetch(`${emulator.apiRoot}${url}`, {
    method,
    headers: { 'content-type': headers['content-type'] ?? 'application/json' },
    ...(body !== '' && { body }),
  });
  const known = JSON.stringify(await full.json(), (name: string, value: unknown) =>
    UNKNOWN_FIELDS.has(name) ? undefined : value,
  );
  response.writeHead(full.status, { 'content-type': 'application/json' }).end(known);
}

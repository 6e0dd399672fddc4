import type { ChatApi } from '../api/chat-api.js';
import { ChatError } from '../api/chat-error.js';
import type { SessionView } from '../../api/views.interface.js';
import { wait } from '../stream/wait.js';

const SHORTEST_MS = 30_000;

/** Renews a session before it ends, since one that is over cannot be renewed. */
export async function renewInTime(
  api: ChatApi,
  session: SessionView,
  signal: AbortSignal,
): Promise<void> {
  let { expiresAt, expiresInSeconds } = session;
  while (expiresAt) {
    // The clock of the browser may be wrong.
    const lifeMs = expiresInSeconds ? expiresInSeconds * 1000 : Date.parse(expiresAt) - Date.now();
    await wait(Math.max(SHORTEST_MS, lifeMs / 2), signal);
    if (signal.aborted) return;
    const renewal = api.openSession();
    const error = await ChatError.from(renewal);
    if (!error) ({ expiresAt, expiresInSeconds } = await renewal);
    else if (!error.isTemporary) return;
  }
}

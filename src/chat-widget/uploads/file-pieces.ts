import type { ServerResponse } from 'node:http';
import type { Clock } from '../../common/clock.js';

/** How much is written at a time: a slow client has to take it within {@link STALLED_MS}. */
const WRITE_BYTES = 16_384;

/** After this time a client that takes nothing is ended. */
const STALLED_MS = 60_000;

/**
 * Sends a file as fast as the client takes it, and ends the answer. When the client leaves or takes nothing, it reads no
 * more pieces.
 *
 * @param length How many bytes there have to be: with fewer the connection breaks off.
 */
export async function sendPieces(
  pieces: AsyncIterable<Buffer>,
  response: ServerResponse,
  length: number,
  clock: Clock,
): Promise<void> {
  let sent = 0;
  try {
    for await (const piece of pieces) {
      for (let at = 0; at < piece.length; at += WRITE_BYTES) {
        const isTaken = response.write(piece.subarray(at, at + WRITE_BYTES));
        if (!isTaken) await drained(response, clock);
        if (response.destroyed) return;
      }
      sent += piece.length;
    }
  } catch (error) {
    response.destroy();
    throw error;
  }
  if (sent === length) response.end();
  else response.destroy();
}

/** Waits until the client has taken what was written, or has left. */
function drained(response: ServerResponse, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const stalled = clock.setTimer(() => response.destroy(), STALLED_MS);
    const done = (): void => {
      stalled.cancel();
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
    if (response.destroyed) done();
  });
}

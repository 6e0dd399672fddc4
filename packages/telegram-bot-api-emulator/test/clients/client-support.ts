import type { Server } from 'node:http';

/** A picture of one pixel. */
export const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Every byte there is, and what a form with files is cut at. */
export const ALL_BYTES = Buffer.concat([
  Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  Buffer.from('\r\n--boundary--\r\n\r\n'),
]);

/** What a call was rejected with; a call that succeeds is an error, too. */
export async function errorOf(call: Promise<unknown>): Promise<unknown> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (!outcome) throw new Error('The call succeeded');
  return outcome.error;
}

/** The bytes behind a URL of the file endpoint. */
export async function download(url: string | URL): Promise<Buffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The file endpoint answered ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

/** A server on loopback that takes updates. */
export interface WebhookHost {
  readonly url: string;
  close(): Promise<void>;
}

/** Lets a server listen at a free port. */
export function hostWebhook(server: Server): Promise<WebhookHost> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') {
        reject(new Error('The server has no port'));
        return;
      }
      resolve({
        url: `http://127.0.0.1:${address.port}/`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

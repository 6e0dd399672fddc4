import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, RedisServer } from '../../support/redis-server.js';
import { EventClient } from './event-client.js';
import { StreamApp } from './stream-app.js';

const PROGRAM = fileURLToPath(new URL('server.child.mjs', import.meta.url));

describe('streams of a server that is killed', () => {
  let redis: RedisServer;
  let writer: StreamApp;
  let server: ChildProcess | undefined;

  beforeAll(async () => {
    redis = await RedisServer.start();
    writer = await StreamApp.start({ options: { redis: redis.url } });
  });
  afterAll(async () => {
    server?.kill('SIGKILL');
    await writer.close();
    await redis.stop();
  });

  async function serve(port: number): Promise<ChildProcess> {
    const child = spawn(process.execPath, [PROGRAM, redis.url, String(port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    return child;
  }

  it('continue where they were, without gaps or doubles', async () => {
    const port = await freePort();
    await writer.createThread('chat_killed', 3);
    const ids: number[] = [];
    let cursor = 0;
    for (let round = 1; round <= 3; round += 1) {
      server = await serve(port);
      const headers = { 'Last-Event-ID': String(cursor), 'Sec-Fetch-Site': 'same-origin' };
      const url = `http://127.0.0.1:${port}/support/threads/chat_killed/stream`;
      const client = await EventClient.open(url, { headers });
      expect(client.status).toBe(200);
      await client.ready();
      await writer.append('chat_killed', `a:${round}:live`);
      const last = String(1 + 2 * round + 1);
      await client.until(({ lastEventId }) => lastEventId === last);
      const exited = once(server, 'exit');
      server.kill('SIGKILL');
      await exited;
      await client.closed();
      ids.push(...client.ids);
      cursor = Number(client.lastEventId);
      await writer.append('chat_killed', `a:${round}:away`);
    }
    expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { freePort } from './redis-server.js';

/** The ports that Linux gives to connections; other systems begin higher. */
const RANGE = '/proc/sys/net/ipv4/ip_local_port_range';

it('is no port that a connection may be given, which would keep a stopped server from starting again', async () => {
  const range = await readFile(RANGE, 'utf8').catch(() => '32768 60999');
  expect(await freePort()).toBeLessThan(Number(range.split(/\s+/)[0]));
});

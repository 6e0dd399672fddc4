import type { Cluster, Redis } from 'ioredis';
import { evenWhenFull } from './redis-script.js';

/**
 * Has the scripts that BullMQ defines on a client run when the memory of Redis is full: BullMQ could hand
 * out no job then, and nothing that waits would ever leave Redis.
 */
export function runningWhenFull<C extends Redis | Cluster>(client: C): C {
  const define = client.defineCommand.bind(client);
  client.defineCommand = (name, definition) =>
    define(name, { ...definition, lua: evenWhenFull(definition.lua) });
  return client;
}

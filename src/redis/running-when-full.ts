import type { Cluster, Redis } from 'ioredis';
import { evenWhenFull } from './redis-script.js';

/**
 * Makes the scripts that BullMQ defines on a client run when the memory of Redis is full. Otherwise BullMQ could
 * hand out no job, and the waiting jobs would never free their memory.
 */
export function runningWhenFull<C extends Redis | Cluster>(client: C): C {
  const define = client.defineCommand.bind(client);
  client.defineCommand = (name, definition) =>
    define(name, { ...definition, lua: evenWhenFull(definition.lua) });
  return client;
}

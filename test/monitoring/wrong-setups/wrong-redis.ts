import { freePort, RedisServer } from '../../support/redis-server.js';
import type { SetupWorld } from './setup-world.js';
import type { WrongSetup } from './wrong-setup.interface.js';

/** Starts the app with another Redis than before, when webhook and menu are registered. */
async function changeRedis(world: SetupWorld, redis: string): Promise<void> {
  await world.startApp({}, { unchecked: false });
  await world.startApp({ redis }, { webhook: false });
}

/** Wrong between the app and Redis. */
export const WRONG_REDIS: readonly WrongSetup[] = [
  {
    what: 'a port where no Redis listens',
    id: 'redis',
    status: 'failed',
    finding: /^Redis does not answer: .*ECONNREFUSED/,
    remedy: /server is up.*REDIS_URL/,
    setUp: async (world) => changeRedis(world, `redis://127.0.0.1:${await freePort()}`),
    mend: async (world) => world.startApp({ redis: (await world.startRedis()).url }),
  },
  {
    what: 'a name of Redis that does not exist',
    id: 'redis',
    status: 'failed',
    finding: /^Redis does not answer: .*(?:ENOTFOUND|EAI_AGAIN)/,
    remedy: /REDIS_URL/,
    setUp: (world) => changeRedis(world, 'redis://redis.invalid:6379'),
    mend: async (world) => world.startApp({ redis: (await world.startRedis()).url }),
  },
  {
    what: 'a wrong password of Redis',
    id: 'redis',
    status: 'failed',
    finding: /WRONGPASS/,
    remedy: /correct it in the option redis/,
    setUp: async (world) => {
      const { url } = await world.startRedis('--requirepass', 'password-of-redis');
      const redis = url.replace('//', '//:wrong-password-of-redis@');
      await changeRedis(world, redis);
    },
    mend: (world) =>
      world.startApp({ redis: world.redis.url.replace('//', '//:password-of-redis@') }),
  },
  {
    what: 'a user of Redis without a right',
    id: 'redis-rights',
    status: 'failed',
    finding: /its user app1 may not run ZADD/,
    remedy: /^ACL SETUSER app1 /,
    setUp: async (world) => {
      const { url } = await world.startRedis();
      const rules = ['on', '>password-of-redis', '~*', '&*', '+@all', '-zadd'];
      await world.operate('ACL', 'SETUSER', 'app1', ...rules);
      const redis = url.replace('//', '//app1:password-of-redis@');
      await changeRedis(world, redis);
    },
    mend: async (world, remedy) => {
      const [command = '', ...args] = remedy.split(' ');
      await world.operate(command, ...args);
      await world.register();
    },
  },
  {
    what: 'a full Redis',
    id: 'redis-rights',
    status: 'failed',
    finding: /it is full/,
    remedy: /more with maxmemory/,
    setUp: async (world) => {
      const { url } = await world.startRedis();
      await world.startApp({ redis: url });
      await world.operate('CONFIG', 'SET', 'maxmemory', '1mb');
    },
    mend: (world) => world.operate('CONFIG', 'SET', 'maxmemory', '200mb'),
  },
  {
    what: 'a Redis that drops keys',
    id: 'redis-eviction',
    status: 'warning',
    finding: /maxmemory-policy of Redis is allkeys-lru/,
    remedy: /^Set maxmemory-policy noeviction/,
    setUp: async (world) => {
      const args = ['--maxmemory', '200mb', '--maxmemory-policy', 'allkeys-lru'];
      const { url } = await world.startRedis(...args);
      await world.startApp({ redis: url });
    },
    mend: (world) => world.operate('CONFIG', 'SET', 'maxmemory-policy', 'noeviction'),
  },
  {
    what: 'a Redis that writes nothing to disk',
    id: 'redis-persistence',
    status: 'warning',
    finding: /neither an append-only file nor snapshots/,
    remedy: /^Set appendonly yes/,
    setUp: async (world) => {
      const { url } = await world.startRedis('--appendonly', 'no');
      await world.startApp({ redis: url });
    },
    mend: (world) => world.operate('CONFIG', 'SET', 'appendonly', 'yes'),
  },
  ...(['no', 'yes'] as const).map((hasLog): WrongSetup => ({
    what: `a Redis that cannot write snapshots, with appendonly ${hasLog}`,
    id: 'redis-persistence',
    status: 'warning',
    finding: /^Redis could not write its last snapshot$/,
    remedy: /log of Redis.*room on its disk/,
    setUp: async (world) => {
      const args = [
        '--appendonly',
        hasLog,
        '--save',
        '3600 1',
        '--enable-protected-configs',
        'yes',
      ];
      // Otherwise it takes no writes, either.
      args.push('--stop-writes-on-bgsave-error', 'no');
      const { url } = await world.startRedis(...args);
      await world.startApp({ redis: url });
      // A file cannot take the place of a folder.
      await world.operate('CONFIG', 'SET', 'dbfilename', '.');
      await world.operate('BGSAVE');
    },
    mend: async (world) => {
      await world.operate('CONFIG', 'SET', 'dbfilename', 'dump.rdb');
      await world.operate('BGSAVE');
    },
  })),
  {
    what: 'a Redis that is too old',
    id: 'redis-version',
    status: 'failed',
    finding: /^Redis has the version 6\.0\.\d+, which lacks commands/,
    remedy: /^Use Redis 6\.2 or newer/,
    setUp: async (world) => {
      await world.startRedis();
      const redis = await world.redisOfVersion((own) => `6.0.${'9'.repeat(own.length - 4)}`);
      await world.startApp({ redis });
    },
    mend: (world) => world.startApp({ redis: world.redis.url }),
  },
  {
    what: 'a replica of Redis, which takes no writes',
    id: 'redis',
    status: 'failed',
    finding: /^Redis refuses commands \(READONLY /,
    remedy: /has to lead to the primary/,
    setUp: async (world) => {
      const { port } = new URL((await world.startRedis()).url);
      const replica = await RedisServer.start({
        durable: true,
        args: ['--replicaof', `127.0.0.1 ${port}`],
      });
      world.onEnd(() => replica.stop());
      await changeRedis(world, replica.url);
    },
    mend: (world) => world.startApp({ redis: world.redis.url }),
  },
];

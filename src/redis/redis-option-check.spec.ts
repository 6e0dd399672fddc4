import { Cluster, Redis } from 'ioredis';
import { Redis as Redis5 } from 'ioredis-5';
import { afterEach, describe, expect, it } from 'vitest';
import { problemOfRedisOption } from './redis-option-check.js';

const accepted =
  /^wants a redis:\/\/ or rediss:\/\/ URL, ioredis options such as \{ host, port \}, or an ioredis client \(Redis or Cluster\)/;

/** As the package redis makes them, which need not be installed. */
class NodeRedisClient {
  readonly isOpen = false;
  readonly options = { url: 'redis://localhost' };
  duplicate(): this {
    return this;
  }
  connect(): Promise<void> {
    return Promise.resolve();
  }
  sendCommand(): void {}
}

describe('problemOfRedisOption', () => {
  const clients: Array<{ disconnect(): void }> = [];
  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });

  it.each([
    'redis://localhost',
    'redis://127.0.0.1:6379',
    'redis://[::1]:6379/3',
    'rediss://default:pa%40ss@redis.example.com:6380/0',
    'redis://:password@redis/15?family=6',
    'redis://localhost?db=2',
  ])('takes the URL %s', (url) => {
    expect(problemOfRedisOption(url)).toBeUndefined();
  });

  it.each([
    [{ host: 'redis' }],
    [{ port: 6380 }],
    [{ host: 'redis', port: '6379' }],
    [{ path: '/run/redis.sock' }],
    [{ sentinels: [{ host: 'a', port: 26_379 }], name: 'mymaster' }],
    [
      {
        host: 'redis',
        tls: {},
        db: 2,
        username: 'app',
        password: 'hunter2',
        keyPrefix: 'app:',
        family: 6,
        lazyConnect: true,
        retryStrategy: () => 1_000,
      },
    ],
    [{ host: 'redis', port: 6379, db: undefined, url: undefined, password: null }],
    [Object.create({ host: 'redis' })],
  ])('takes the options %o', (options) => {
    expect(problemOfRedisOption(options)).toBeUndefined();
  });

  it('takes the clients of ioredis 5 and 6', () => {
    const options = { host: '127.0.0.1', lazyConnect: true };
    clients.push(new Redis(options), new Redis5(options));
    clients.push(new Cluster([{ host: '127.0.0.1' }], { lazyConnect: true }));
    for (const client of clients) expect(problemOfRedisOption(client)).toBeUndefined();
  });

  it.each([
    [
      'the options of Keyv, cache managers and others',
      { url: 'redis://localhost' },
      'give the URL itself',
    ],
    ['a URL beside a host', { host: 'redis', url: 'redis://other' }, 'url is no option of ioredis'],
    ["BullMQ's connection", { connection: { host: 'redis' } }, 'give what stands in connection'],
    ["BullMQ's client", { connection: new NodeRedisClient() }, 'give what stands in connection'],
    ["Bull's options", { redis: 'redis://localhost' }, 'give what stands in redis'],
    ["the microservices' options", { transport: 1, options: { host: 'redis' } }, 'options'],
    [
      "node-redis's socket",
      { socket: { host: 'redis' } },
      'write the host, port, path and tls of socket',
    ],
    ["node-redis's database", { host: 'redis', database: 2 }, 'write db'],
    ["node-redis's cluster", { rootNodes: [{ url: 'redis://a' }] }, 'new Cluster(nodes)'],
    ["node-redis's client", new NodeRedisClient(), 'client of another library'],
    ['a URL object', new URL('redis://localhost'), 'href'],
    ['a Promise', Promise.resolve('redis://localhost'), 'await the Promise'],
    ['a class', Redis, 'an instance'],
    ['a function', () => 'redis://localhost', 'an instance'],
    ['nothing in it', {}, 'no host, port, path or sentinels'],
    ['options that lead nowhere', { db: 1, password: 'x' }, 'no host, port, path or sentinels'],
    ['variables that are not set', { host: undefined, port: undefined }, 'or it is undefined'],
    ['empty variables', { host: '', password: '' }, 'no host, port, path or sentinels'],
    ['a port that is no number', { host: 'redis', port: Number.NaN }, 'port wants'],
    ['a port beyond all', { port: 70_000 }, 'port wants'],
    ['a host that is no text', { host: 5 }, 'host wants'],
    ['a database that is no number', { host: 'redis', db: 'orders' }, 'db wants'],
    ['a database below 0', { host: 'redis', db: -1 }, 'db wants'],
    ['sentinels without a name', { sentinels: [{ host: 'a' }] }, 'name of the master'],
    ['no sentinels', { sentinels: [], name: 'mymaster' }, 'sentinels wants a list'],
    ['a Map', new Map([['host', 'redis']]), 'no host, port, path or sentinels'],
    ['an array', [{ host: 'redis' }], 'new Cluster(nodes)'],
    ['a port alone', 6379, '{ host, port }'],
    ['true', true, ''],
    ['a symbol', Symbol('redis'), ''],
    ['a bigint', 5n, ''],
    ['a host name', 'localhost', 'put redis:// in front'],
    ['a host and a port', 'redis.example.com:6379', 'put redis:// in front'],
    ['a socket', '/run/redis.sock', '{ path }'],
    ['a web address', 'http://localhost:6379', ''],
    ['a URL in capitals', 'REDISS://localhost', ''],
    ['a URL without a host', 'redis://', 'names no host'],
    ['a URL with a path alone', 'redis:///0', 'names no host'],
    ['a URL with a wrong port', 'redis://localhost:port', 'cannot be read'],
    ['a URL with a port beyond all', 'redis://localhost:70000', 'cannot be read'],
    ['a password with a number sign', 'redis://:pa#ss@localhost', '%23'],
    ['a password with a percent sign', 'redis://:pa%ss@localhost', '%25'],
    ['a URL with a space', 'redis://local host', 'space'],
    ['a URL whose database has a name', 'redis://localhost/orders', 'number of a database'],
    ['words', 'in the cloud', ''],
    [
      'a getter that throws',
      {
        get host(): never {
          throw new Error('hunter2');
        },
      },
      'cannot be read',
    ],
  ])('refuses %s, and says what is accepted', (_name, value, hint) => {
    const flaw = problemOfRedisOption(value);
    expect(flaw).toMatch(accepted);
    expect(flaw).toContain(hint);
    expect(flaw).not.toContain('hunter2');
  });
});

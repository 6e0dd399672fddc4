/** ioredis 5 beside 6: what the tests use of it has the same types. */
declare module 'ioredis-5' {
  export { Cluster, Redis } from 'ioredis';
}

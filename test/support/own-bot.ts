import { randomInt } from 'node:crypto';

/** A bot that no other test has: it separates the desks of tests that share a Redis. */
export function ownBot(): { token: string } {
  return { token: `${randomInt(1, 10 ** 12)}:${'s'.repeat(35)}` };
}

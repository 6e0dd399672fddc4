import { randomInt } from 'node:crypto';

/** A bot that no other test has: tests on one Redis tell their desks apart by it. */
export function ownBot(): { token: string } {
  return { token: `${randomInt(1, 10 ** 12)}:${'s'.repeat(35)}` };
}

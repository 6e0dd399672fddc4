import type { Type } from '@nestjs/common';
import { webhookHandlerOf } from './webhook.handler.js';

/** The keys under which the decorators of `@nestjs/throttler` keep what they say of a throttler. */
const DECORATED_BY = ['THROTTLER:SKIP', 'THROTTLER:LIMIT'];

/**
 * The names of the throttlers of a guard that is `@nestjs/throttler`'s, and limits all that does not
 * say otherwise. The package need not be installed, so its guard is known by its name.
 */
export function throttlersOf(guard: unknown): string[] {
  if (!isObject(guard)) return [];
  const base = throttlerGuardIn(guard);
  // Who decides by code what is skipped, may well skip the webhook: nothing is known then.
  if (!base || Reflect.get(guard, 'shouldSkip') !== Reflect.get(base, 'shouldSkip')) return [];
  if (hasSkipIf(Reflect.get(guard, 'commonOptions'))) return [];
  const throttlers: unknown = Reflect.get(guard, 'throttlers');
  if (!Array.isArray(throttlers)) return ['default'];
  return throttlers
    .filter((throttler: unknown) => isObject(throttler) && !hasSkipIf(throttler))
    .map((throttler: object) => String(Reflect.get(throttler, 'name') ?? 'default'));
}

/** Whether a decorator exempts the webhook from the throttler, or gives it a limit of its own. */
export function isExempt(controller: Type, throttler: string): boolean {
  const handler = webhookHandlerOf(controller);
  const targets = handler ? [handler, controller] : [controller];
  return DECORATED_BY.some((key) =>
    targets.some((target) => Boolean(Reflect.getMetadata(key + throttler, target))),
  );
}

function throttlerGuardIn(guard: object): object | undefined {
  const prototype: unknown = Object.getPrototypeOf(guard);
  if (!isObject(prototype)) return undefined;
  return prototype.constructor.name === 'ThrottlerGuard' ? prototype : throttlerGuardIn(prototype);
}

function hasSkipIf(options: unknown): boolean {
  return isObject(options) && typeof Reflect.get(options, 'skipIf') === 'function';
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

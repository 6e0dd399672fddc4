/**
 * A health indicator for `@nestjs/terminus`.
 *
 * @module nestjs-telegram-support/terminus
 */

export { TelegramHealthIndicator } from './telegram-health.indicator.js';
export type { TelegramHealthOptions } from './telegram-health-options.interface.js';

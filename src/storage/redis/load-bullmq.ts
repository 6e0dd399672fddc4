import { TelegramConfigError, errorText } from '../../errors/index.js';

/**
 * Loaded only when used: without the `redis` option BullMQ need not be installed.
 *
 * @throws {@link TelegramConfigError}
 */
export async function loadBullMq(): Promise<typeof import('bullmq')> {
  try {
    return await import('bullmq');
  } catch (error) {
    const wants = `needs the package bullmq (npm install bullmq): ${errorText(error)}`;
    throw new TelegramConfigError([{ option: 'redis', got: 'no bullmq', wants }]);
  }
}

/**
 * A Telegram of its own for end-to-end tests of an app.
 *
 * @module nestjs-telegram-support/testing
 */

// Telegram for tests
export * from 'telegram-bot-api-emulator';

// End-to-end tests of an app
export {
  TelegramTestDesk,
  type ConnectOptions,
  type TelegramTestDeskOptions,
} from './telegram-test-desk.js';

// The module's own time, which is what to extend and to inject; each of these goes for the emulator, too
export { Clock, type Timer } from '../common/clock.js';
export { SystemClock } from '../common/system-clock.js';

// What an app's own store of transcripts has to keep
export { transcriptStoreCases } from './transcripts/transcript-store-cases.js';
export type { TranscriptStoreCase } from './transcripts/transcript-store-case.interface.js';

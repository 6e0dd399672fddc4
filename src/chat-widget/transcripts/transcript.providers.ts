import type { Provider } from '@nestjs/common';
import { BotInternals } from '../../bot-internals.js';
import { ChatSettings } from '../config/chat-settings.js';
import { MOST_MESSAGES } from './transcript-limits.js';
import { createTranscriptStore } from './transcript-store.factory.js';
import { TranscriptStore } from './transcript-store.js';

/** Where transcripts are kept unless the app has a store of its own. */
export const transcriptStoreProvider: Provider = {
  provide: TranscriptStore,
  inject: [BotInternals, ChatSettings],
  useFactory: (bot: BotInternals, { retentionMs }: ChatSettings) =>
    createTranscriptStore(bot, { retentionMs, maxMessages: MOST_MESSAGES }),
};

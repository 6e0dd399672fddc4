import type { Provider } from '@nestjs/common';
import { BotInternals } from '../../bot-internals.js';
import { RedisTranscriptKeys } from '../transcripts/redis-transcript-keys.js';
import { EventPages } from './event-pages.js';
import { FeedChannel } from './feed-channel.js';
import { LocalFeedChannel } from './local-feed-channel.js';
import { OpenStreams } from './open-streams.js';
import { RedisFeedChannel } from './redis-feed-channel.js';
import { ThreadFeeds } from './thread-feeds.js';
import { StreamGauge } from './stream-gauge.js';
import { TranscriptStreams } from './transcript-streams.js';

/** The live streams of a chat. They want a `TranscriptStore`, an `EventPresenter`, a `Clock` and an `ErrorDescriber`. */
export const streamProviders: Provider[] = [
  EventPages,
  OpenStreams,
  StreamGauge,
  ThreadFeeds,
  TranscriptStreams,
  {
    provide: FeedChannel,
    inject: [BotInternals],
    // Also for a store of the app: wherever it is, processes tell each other by the Redis of the bot, if there is one.
    useFactory: ({ redis, chatKeyPrefix, errors }: BotInternals) =>
      redis
        ? new RedisFeedChannel(redis, new RedisTranscriptKeys(chatKeyPrefix).channel, errors)
        : new LocalFeedChannel(),
  },
];

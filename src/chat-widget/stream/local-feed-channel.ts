import { FeedChannel } from './feed-channel.js';

/** The channel of a process that shares nothing with others. */
export class LocalFeedChannel extends FeedChannel {
  publish(): void {}

  listen(): void {}

  close(): void {}
}

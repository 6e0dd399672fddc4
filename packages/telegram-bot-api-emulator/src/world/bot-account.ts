import type { User } from '@grammyjs/types';
import type { Clock } from '../time/clock.js';
import type { UpdatePoller } from '../delivery/update-poller.js';
import type { UpdateQueue } from '../delivery/update-queue.js';
import type { WebhookDispatcher } from '../delivery/webhook-dispatcher.js';
import type { BotSight } from './bot-visibility.js';
import { CallbackQueries } from './callback-queries.js';
import { CommandStore } from './command-store.js';

/** What a bot is from the start. */
export interface BotProfile extends BotSight {
  readonly user: User & { readonly username: string };
  readonly token: string;
  /** Whether its private chats have topics. */
  readonly hasTopicsEnabled: boolean;
  /** Whether people may create and change topics there. */
  readonly allowsUsersToCreateTopics: boolean;
  /** Whether people may add it to groups. */
  readonly canJoinGroups: boolean;
}

/** Where the updates of a bot wait, and the two ways to deliver them. */
export interface UpdateOutlets {
  readonly queue: UpdateQueue;
  readonly poller: UpdatePoller;
  readonly dispatcher: WebhookDispatcher;
}

/** A bot that the emulator's server knows. */
export class BotAccount implements BotSight {
  readonly user: BotProfile['user'];
  canReadAllGroupMessages: boolean;
  hasTopicsEnabled: boolean;
  allowsUsersToCreateTopics: boolean;
  canJoinGroups: boolean;
  readonly updates: UpdateQueue;
  readonly poller: UpdatePoller;
  readonly dispatcher: WebhookDispatcher;
  readonly queries: CallbackQueries;
  readonly commands = new CommandStore();
  /** What a call has to come with now. */
  token: string;

  constructor(profile: BotProfile, clock: Clock, { queue, poller, dispatcher }: UpdateOutlets) {
    this.updates = queue;
    this.poller = poller;
    this.dispatcher = dispatcher;
    this.user = profile.user;
    this.token = profile.token;
    this.canReadAllGroupMessages = profile.canReadAllGroupMessages;
    this.hasTopicsEnabled = profile.hasTopicsEnabled;
    this.allowsUsersToCreateTopics = profile.allowsUsersToCreateTopics;
    this.canJoinGroups = profile.canJoinGroups;
    this.queries = new CallbackQueries(clock);
  }

  get id(): number {
    return this.user.id;
  }
}

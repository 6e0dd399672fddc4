/** What a bot is from the start. */
export interface BotOptions {
  /** By default `7000000001:` and 35 random characters, of further bots with the next number. */
  readonly token?: string;
  /** By default `support_desk_bot`, of further bots with their number. */
  readonly username?: string;
  /** By default `Support Desk`. */
  readonly firstName?: string;
  /** Whether privacy mode is switched off at BotFather. False by default. */
  readonly canReadAllGroupMessages?: boolean;
  /** Whether its private chats have topics. False by default. */
  readonly hasTopicsEnabled?: boolean;
  /** Whether people may create and change topics there. False by default. */
  readonly allowsUsersToCreateTopics?: boolean;
  /** Whether people may add it to groups. True by default. */
  readonly canJoinGroups?: boolean;
}

/** What the owner of a bot switches at BotFather. */
export type BotSwitches = Partial<Omit<BotOptions, 'token' | 'username' | 'firstName'>>;

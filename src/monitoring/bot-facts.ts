import type { UserFromGetMe } from '@grammyjs/types';
import type { BotApiCallOptions, BotApiClient } from '../bot/bot-api-client.js';
import type { BotApiResult } from '../bot/bot-api-types.js';
import type { Clock } from '../common/clock.js';
import { withId } from './with-id.js';

/** What Telegram says of a bot, whatever desks it has. Each thing is asked for once, when it is needed first. */
export class BotFacts {
  #bot: Promise<UserFromGetMe> | undefined;
  #webhook: Promise<BotApiResult<'getWebhookInfo'>> | undefined;
  #clockSkewMs: number | undefined;

  constructor(
    private readonly api: BotApiClient,
    private readonly options: BotApiCallOptions,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws {@link BotApiError} As {@link webhook} does.
   * @throws {@link ForeignServerError} When the answer cannot be Telegram's.
   */
  bot(): Promise<UserFromGetMe> {
    const onDate = (header: string): void => this.#compareClocks(header);
    this.#bot ??= this.api.call('getMe', undefined, { ...this.options, onDate }).then(withId);
    return this.#bot;
  }

  webhook(): Promise<BotApiResult<'getWebhookInfo'>> {
    this.#webhook ??= this.api.call('getWebhookInfo', undefined, this.options);
    return this.#webhook;
  }

  /**
   * How far the clock of this machine is ahead of Telegram's, in milliseconds; undefined until {@link bot} has settled, and
   * when Telegram does not say.
   */
  get clockSkewMs(): number | undefined {
    return this.#clockSkewMs;
  }

  /** A header has whole seconds. */
  #compareClocks(header: string): void {
    const skewMs = this.clock.now() - (Date.parse(header) + 500);
    if (!Number.isNaN(skewMs)) this.#clockSkewMs = skewMs;
  }
}

import type { WebhookReply } from '../delivery/webhook-reply.js';
import { BotApiParameters } from '../parameters/bot-api-parameters.js';
import type { BotAccount } from '../world/bot-account.js';
import type { BotApiExecutor } from './bot-api-executor.js';
import { parseBody } from './body-parser.js';
import type { CallLog } from './call-log.js';

/** These are refused without a word, as are all that only ask for something. */
const REFUSED = new Set(['setwebhook', 'deletewebhook', 'close', 'logout']);

/**
 * Performs the methods that webhooks answer with. Nobody learns how that went, and nothing is
 * tried again (telegram-bot-api, WebhookActor.cpp:621-633).
 */
export class WebhookReplyPerformer {
  readonly #executor: BotApiExecutor;
  readonly #calls: CallLog;

  constructor(executor: BotApiExecutor, calls: CallLog) {
    this.#executor = executor;
    this.#calls = calls;
  }

  /** Performs what the answer holds, if it holds a method. */
  async perform(bot: BotAccount, { contentType, body }: WebhookReply): Promise<void> {
    const { entries, files } = parseBody(contentType, body);
    const parameters = new BotApiParameters(
      Array.from(entries).filter(([name]) => name !== 'method'),
      files,
    );
    const method = new BotApiParameters(entries).text('method');
    const lowered = method.toLowerCase();
    if (method === '' || REFUSED.has(lowered) || lowered.startsWith('get')) return;
    const queryNames = new Set<string>();
    const request = { token: bot.token, method, contentType, parameters, queryNames };
    const recorded = this.#calls.record(request, { botId: bot.id, isWebhookReply: true });
    const answer = await this.#executor.execute(request, new AbortController().signal);
    recorded.status = answer.status;
    recorded.response = answer.response;
    this.#calls.changed();
  }
}

import { Injectable } from '@nestjs/common';
import { CommandMenu } from '../agents/command-menu.js';
import { AdminChat } from '../chat/admin-chat.js';
import { Backoff } from '../common/backoff.js';
import { Clock } from '../common/clock.js';
import { delay } from '../common/delay.js';
import { lineOfProblem } from '../common/problem.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { BotApiRateLimitError, BotApiTransportError, ErrorDescriber } from '../errors/index.js';
import { ProxyCheck } from '../monitoring/bot/proxy-check.js';
import { TokenCheck } from '../monitoring/bot/token-check.js';
import { ChatCheck } from '../monitoring/chat/chat-check.js';
import { ChatTypeCheck } from '../monitoring/chat/chat-type-check.js';
import { MembershipCheck } from '../monitoring/chat/membership-check.js';
import { WriteRightCheck } from '../monitoring/chat/write-right-check.js';
import { connectionProblem } from '../monitoring/connection-problem.js';
import type { DeskFacts } from '../monitoring/desk-facts.js';
import { DeskInspector } from '../monitoring/desk-inspector.js';
import { DeskSetupCheck } from '../monitoring/desk-setup-check.js';
import { SetupLog } from '../monitoring/setup-log.js';
import { isTransient, problemOfRefusal } from './desk-problems.js';
import { ForeignServerError } from './foreign-server.error.js';
import { DeskDirectory } from './desk-directory.js';
import { TopicCheck } from './topic-check.js';

/**
 * Asks Telegram after boot whether the bot and the admin chat exist and the bot can write there: a wrong
 * token or chat id would otherwise show with the first customer. Logs one line with the outcome, and one for each thing
 * that works worse than it could.
 */
@Injectable()
export class DeskCheck {
  readonly #logger: SafeLogger;
  readonly #backoff = new Backoff();
  readonly #stopping = new AbortController();
  #run: Promise<void> | undefined;

  constructor(
    private readonly inspector: DeskInspector,
    private readonly adminChat: AdminChat,
    private readonly token: TokenCheck,
    private readonly chat: ChatCheck,
    private readonly chatType: ChatTypeCheck,
    private readonly membership: MembershipCheck,
    private readonly writeRight: WriteRightCheck,
    private readonly proxy: ProxyCheck,
    private readonly topics: TopicCheck,
    private readonly setup: DeskSetupCheck,
    private readonly menu: CommandMenu,
    private readonly clock: Clock,
    private readonly desks: DeskDirectory,
    private readonly settings: TelegramSettings,
    private readonly log: SetupLog,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(DeskCheck.name, errors);
  }

  /**
   * Checks in the background, and repeats the check while Telegram cannot be reached.
   *
   * @param restored Resolves when the current id of the admin chat is known.
   */
  start(restored: Promise<unknown>): void {
    this.#run = this.#checkUntilAnswered(restored);
  }

  /** Cancels the check. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#run;
  }

  /** Never rejects. */
  async #checkUntilAnswered(restored: Promise<unknown>): Promise<void> {
    const { signal } = this.#stopping;
    await restored;
    while (!signal.aborted) {
      try {
        await this.#check(signal);
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (!isTransient(error)) {
          this.#reportOther(error);
          return;
        }
        await this.#delay(error, signal);
      }
    }
  }

  async #check(signal: AbortSignal): Promise<void> {
    const facts = this.inspector.inspect({ signal });
    if (await this.#hasFailed(facts)) return;
    this.adminChat.is(await facts.chat());
    const other = await this.desks.earlierInChat(this.settings.desk, await facts.chat());
    if (other) {
      const where = `${await facts.nameOfBot()} cannot work in ${await facts.nameOfChat()}`;
      this.log.once('error', `${where}: ${this.#sharedWith(other.name)}`);
      return;
    }
    await this.topics.check(facts);
    await this.setup.run(facts);
    await this.menu.update(signal);
    this.#logger.log(`Desk: ${await facts.nameOfBot()} in ${await facts.nameOfChat()}`);
  }

  /** Logs the first check that fails; those after it are not made. */
  async #hasFailed(facts: DeskFacts): Promise<boolean> {
    const { token, chat, chatType, membership, writeRight } = this;
    for (const check of [token, chat, chatType, membership, writeRight]) {
      const outcome = await check.run(facts);
      this.log.report(check, outcome);
      if (outcome.status === 'failed') return true;
    }
    return false;
  }

  /** The id and the username of one chat look like two chats until Telegram is asked. */
  #sharedWith(other: string): string {
    const { desk } = this.settings;
    return `the desk "${other}" works there, and takes all that agents write. Give the desk "${desk}" a chat of its own (desks.${desk}.adminChatId)`;
  }

  #reportOther(error: unknown): void {
    if (error instanceof ForeignServerError) this.log.once('warn', error.message);
    else this.log.once('error', lineOfProblem(problemOfRefusal(error, this.adminChat.id)));
  }

  /** A proxy that cannot be used is the cause, and not that Telegram is away. */
  #reportOutage(error: unknown): void {
    const isTransport = error instanceof BotApiTransportError;
    const proxy = this.proxy.run(this.inspector.inspect({}));
    if (isTransport && proxy.status === 'failed') {
      this.log.report(this.proxy, proxy);
      return;
    }
    const finding = this.log.describe(error);
    const { apiRoot } = this.settings;
    const problem = isTransport ? connectionProblem(error, finding, apiRoot) : { finding };
    const reason = lineOfProblem({ ...problem, why: undefined });
    this.log.once(
      'warn',
      `Could not verify botToken and adminChatId yet: ${reason}. Retrying until Telegram answers`,
    );
  }

  /** The timer does not keep the process alive. */
  async #delay(error: unknown, signal: AbortSignal): Promise<void> {
    const isFirst = !this.#backoff.isGrowing;
    const backoffMs = this.#backoff.nextMs();
    if (isFirst) this.#reportOutage(error);
    const retryAfterMs = error instanceof BotApiRateLimitError ? error.retryAfterMs : 0;
    await delay(this.clock, Math.max(backoffMs, retryAfterMs), signal, { keepsAlive: false });
  }
}

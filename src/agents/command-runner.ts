import { Inject, Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from '@grammyjs/types';
import { Clock } from '../common/clock.js';
import { SafeLogger } from '../common/safe-logger.js';
import { Timeouts } from '../common/timeouts.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import type { CommandEvent } from '../events/stored-event.interface.js';
import { html, Html, joinHtml } from '../notices/html.js';
import type { CardState } from '../outbound/card-keyboard.js';
import { handlerName } from '../events/handler-name.js';
import { DeskTelemetry } from '../telemetry/desk-telemetry.js';
import type { AgentCommandCall } from './agent-command-call.interface.js';
import { BUILT_IN_COMMANDS } from './agents.constants.js';
import { ArgumentReader } from './argument-reader.js';
import type { BuiltInCommand, CommandReply } from './built-in-command.interface.js';
import { answerOf } from './command-answer.js';
import { CommandMethods, type CommandMethod } from './command-methods.js';
import { splitArguments } from './split-arguments.js';

/** What became of a command; plain JSON. */
export type CommandResult =
  | { readonly answer: string; readonly keyboard?: InlineKeyboardMarkup | undefined }
  | { readonly reason: string };

/** Carries out commands by the module's own classes and by the app's methods. */
@Injectable()
export class CommandRunner {
  readonly #logger: SafeLogger;
  readonly #timeouts: Timeouts;

  constructor(
    private readonly methods: CommandMethods,
    @Inject(BUILT_IN_COMMANDS) private readonly builtIns: readonly BuiltInCommand[],
    private readonly reader: ArgumentReader,
    private readonly settings: TelegramSettings,
    private readonly telemetry: DeskTelemetry,
    clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#timeouts = new Timeouts(clock);
    this.#logger = new SafeLogger(CommandRunner.name, errors);
  }

  /** Whether this process can carry a command out. */
  canRun({ name, threadId }: CommandEvent): boolean {
    const isBuiltIn = this.builtIns.some((each) => each.name === name);
    return isBuiltIn || this.methods.of(threadId).some(({ options }) => options.name === name);
  }

  /** Names what the button of a command asks, as the thread stands. */
  questionOf({ name, atMs }: CommandEvent, state: CardState = { status: 'waiting' }): string {
    const builtIn = this.builtIns.find((each) => each.name === name);
    return builtIn?.questionOf?.(state) ?? atMs.toString(36);
  }

  /** Carries a command out; null when this process cannot. Rejects never. */
  async run(event: CommandEvent): Promise<CommandResult | null> {
    const { name, threadId } = event;
    try {
      const builtIn = this.builtIns.find((each) => each.name === name);
      if (builtIn) return resultOf(await builtIn.run(event));
      const method = this.methods.find(name, threadId);
      return method ? { answer: String(await this.#runMethod(method, event)) } : null;
    } catch (error) {
      this.#logger.errorWithStack(`The command /${name} has failed in thread ${threadId}`, error);
      const reason = this.settings.replies.exposeErrors
        ? this.#logger.describe(error)
        : this.settings.texts.plain('commandHiddenReason');
      return { reason };
    }
  }

  async #runMethod(method: CommandMethod, event: CommandEvent): Promise<Html> {
    const { texts } = this.settings;
    const words = event.step ? [] : splitArguments(event.text);
    const { dto: type, name } = method.options;
    const read = type ? await this.reader.read(type, words) : { dto: undefined };
    if ('problems' in read) {
      const usage = type ? this.reader.usageOf(type) : '';
      const problems = joinHtml(
        read.problems.map((problem) => html`${problem}`),
        '; ',
      );
      return texts.html('commandArguments', { problems, usage: `${name} ${usage}` });
    }
    return answerOf(await this.#call(method, callOf(event, words, read.dto)), texts);
  }

  #call({ name, handle }: CommandMethod, call: AgentCommandCall<unknown>): Promise<unknown> {
    const { timeoutMs } = this.settings.replies;
    const controller = new AbortController();
    const late = (): never => {
      const error = new Error(`${name} did not return within ${timeoutMs} ms`);
      controller.abort(error);
      throw error;
    };
    return this.telemetry.process(handlerName('command', name), () =>
      this.#timeouts.race(handle(call, controller.signal), timeoutMs, late),
    );
  }
}

function resultOf(said: Html | CommandReply): CommandResult {
  return said instanceof Html
    ? { answer: String(said) }
    : { answer: String(said.html), keyboard: said.keyboard };
}

function callOf(event: CommandEvent, words: string[], dto: unknown): AgentCommandCall<unknown> {
  const { id, name, threadId, desk, agent, text, step, message, atMs } = event;
  return {
    id,
    name,
    threadId,
    desk,
    agent: { ...agent },
    arguments: words,
    text,
    dto,
    isButton: step !== undefined,
    message: { chatId: message.chatId, messageId: message.messageId },
    at: new Date(atMs),
  };
}

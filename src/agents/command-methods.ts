import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DecoratedMethodExplorer } from '../discovery/decorated-method-explorer.js';
import type { DecoratedMethod } from '../discovery/decorated-method.interface.js';
import { isForThread } from '../discovery/is-for-thread.js';
import { LoadedMethods } from '../discovery/loaded-methods.js';
import { handlerName } from '../events/handler-name.js';
import type { AgentCommandCall } from './agent-command-call.interface.js';
import { AGENT_COMMAND, type AgentCommandOptions } from './agent-command.decorator.js';
import { BUILT_IN_DESCRIPTIONS, BUTTON_COMMANDS } from './agents.constants.js';

/** A method of the app with `@AgentCommand()`. */
export type CommandMethod = DecoratedMethod<
  AgentCommandCall<unknown>,
  AgentCommandOptions<unknown>
>;

/** The app's methods for commands at one desk; none with `replies: false`. */
@Injectable()
export class CommandMethods {
  readonly #logger = new SafeLogger(CommandMethods.name);
  readonly #methods: LoadedMethods<AgentCommandCall<unknown>, AgentCommandOptions<unknown>>;
  /** The methods of which the log says why they are not called. */
  readonly #reported = new Set<string>();

  constructor(
    explorer: DecoratedMethodExplorer,
    modules: ModulesContainer,
    private readonly settings: TelegramSettings,
  ) {
    this.#methods = new LoadedMethods<AgentCommandCall<unknown>, AgentCommandOptions<unknown>>(
      explorer,
      modules,
      AGENT_COMMAND,
    );
  }

  /** All that exist now. */
  all(): readonly CommandMethod[] {
    if (!this.settings.replies.isOn) return [];
    return this.#callable(this.#methods.ofDesk(this.settings));
  }

  /** Those for a thread; without one all. A `threads` function that throws takes the thread: running it says why. */
  of(threadId: string | null): readonly CommandMethod[] {
    if (threadId === null) return this.all();
    if (!this.settings.replies.isOn) return [];
    return this.#callable(this.#methods.ofThread(threadId, this.settings, () => true));
  }

  /**
   * The method for a command in a thread: the first one, where several have the name.
   *
   * @throws What the app's `threads` function throws.
   */
  find(command: string, threadId: string): CommandMethod | undefined {
    return this.all().find(
      ({ name, options }) =>
        options.name === command && isForThread(threadId, options.threads, name),
    );
  }

  /** Their names, as they are published to other processes. */
  names(): string[] {
    return this.all().map(({ name, options }) => publishedName(name, options.name));
  }

  #callable(methods: readonly CommandMethod[]): readonly CommandMethod[] {
    return methods.filter(({ name, options }) => this.#isCallable(name, options.name));
  }

  #isCallable(name: string, command: string): boolean {
    const isTaken = Object.hasOwn(BUILT_IN_DESCRIPTIONS, command) || BUTTON_COMMANDS.has(command);
    if (!isTaken) return true;
    if (!this.#reported.has(name)) {
      this.#reported.add(name);
      this.#logger.warn(
        `${name}() is not called: /${command} is a command of the module. Give it another name`,
      );
    }
    return false;
  }
}

/** Whether a published handler is a method for a command. */
export function isPublishedFor(published: string, command: string): boolean {
  return published.endsWith(publishedName('', command));
}

function publishedName(method: string, command: string): string {
  return handlerName('command', `${method} /${command}`);
}

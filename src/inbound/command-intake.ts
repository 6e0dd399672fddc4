import { Inject, Injectable } from '@nestjs/common';
import { BUILT_IN_COMMANDS, GENERAL_COMMANDS } from '../agents/agents.constants.js';
import type {
  BuiltInCommand,
  GeneralCommand,
  GivenCommand,
} from '../agents/built-in-command.interface.js';
import type { ButtonAction, ButtonStep } from '../agents/button-codec.js';
import { CommandMethods, isPublishedFor } from '../agents/command-methods.js';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { HandlerRegistry } from '../events/handler-registry.js';
import { AgentNotices } from '../outbound/agent-notices.js';
import { DeskStorage } from '../storage/desk-storage.js';
import type { TextKey } from '../texts/agent-texts.interface.js';
import type { TtlStore } from '../storage/ttl-store.js';
import type { ButtonPress } from '../updates/button-press.js';
import type { CommandIntent } from '../updates/message-intent.js';
import { placedMessageOf } from '../updates/message-ref-of.js';
import type { AgentMessage } from './agent-message.js';
import { EventIntake } from './event-intake.js';
import { HeldReplyPresses, type PressResult } from './held-reply-presses.js';
import { ReplySubscription } from './reply-subscription.js';
import { HANDLED, type AcceptedUpdate } from './update-handler.interface.js';

/** Somebody who presses a button again within this time has pressed it twice by mistake. */
const TAP_MS = 3_000;

/** What a person reads who has pressed a button; null for nothing. What the command says follows. */
const WORDS = {
  run: 'pressRuns',
  ask: null,
  yes: 'pressRuns',
  no: 'pressCancelled',
} as const satisfies Record<ButtonStep, TextKey | null>;

/** Takes the commands that agents give. */
@Injectable()
export class CommandIntake {
  /** By button and agent, the press that has come first. */
  readonly #taps: TtlStore;

  constructor(
    @Inject(BUILT_IN_COMMANDS) private readonly builtIns: readonly BuiltInCommand[],
    @Inject(GENERAL_COMMANDS) private readonly generals: readonly GeneralCommand[],
    private readonly methods: CommandMethods,
    private readonly registry: HandlerRegistry,
    private readonly subscription: ReplySubscription,
    private readonly intake: EventIntake,
    private readonly notices: AgentNotices,
    private readonly held: HeldReplyPresses,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
    storage: DeskStorage,
  ) {
    this.#taps = storage.ttlStore('taps', TAP_MS);
  }

  /**
   * Whether any process of the desk has a command of this name.
   *
   * @throws When the store does not answer.
   */
  async isKnown(name: string): Promise<boolean> {
    if (this.builtIns.some((builtIn) => builtIn.name === name)) return true;
    if (this.methods.all().some(({ options }) => options.name === name)) return true;
    return (await this.registry.published()).some((known) => isPublishedFor(known, name));
  }

  /**
   * Resolves when the command has its place in the queue of the thread.
   *
   * @returns Null when there is no such command.
   * @throws When it could not be stored.
   */
  async accept(
    update: AgentMessage,
    threadId: string,
    { name, text }: CommandIntent,
  ): Promise<AcceptedUpdate | null> {
    if (name === undefined || !(await this.isKnown(name))) return null;
    await this.subscription.refresh();
    const event = { ...this.#given(update, name, text), threadId };
    return this.intake.enqueue(event.id, event);
  }

  /**
   * Answers a command that stands in no thread.
   *
   * @returns Null when there is none that needs no thread.
   * @throws When the answer could not be stored.
   */
  async answerOutside(
    update: AgentMessage,
    { name, text }: CommandIntent,
  ): Promise<AcceptedUpdate | null> {
    const command = this.generals.find((general) => general.name === name);
    if (!command) return null;
    const given = this.#given(update, command.name, text);
    const said = await command.run(given);
    if (said.isBlank) return HANDLED;
    const details = { command: command.name, answer: String(said) };
    await this.notices.notify('command_answered', given.message, details, given.id);
    return HANDLED;
  }

  /**
   * Takes a button that was pressed. One that is pressed twice in a row acts once.
   *
   * @returns What the person reads at once.
   * @throws When it could not be stored.
   */
  async acceptPress(
    press: ButtonPress,
    updateId: number,
    threadId: string,
    { step, command: name, argument }: ButtonAction,
  ): Promise<PressResult> {
    if (this.held.isFor(name)) {
      return this.held.accept(press, updateId, threadId, name, argument ?? '');
    }
    const { desk, texts } = this.settings;
    const { id: pressId, agent, message, data } = press;
    if (!(await this.isKnown(name))) {
      return { words: texts.plain('pressNoCommand'), accepted: HANDLED };
    }
    const builtIn = this.builtIns.find((each) => each.name === name);
    const pressed = await builtIn?.press?.({ threadId, agent, step, argument });
    if (pressed?.isRefused) return { words: pressed.words, accepted: HANDLED };
    const tap = [message.chatId, message.messageId, data, agent.id].join(':');
    if ((await this.#taps.setIfAbsent(tap, pressId)) !== pressId) {
      return { words: texts.plain('pressTwice'), accepted: HANDLED };
    }
    await this.subscription.refresh();
    const { chatId, messageId } = message;
    // A question is answered once, by whomever. What it asks may be asked again.
    const isAnswer = step === 'yes' && !builtIn?.questionOf;
    const id = isAnswer ? `yes:${chatId}:${messageId}:${name}:${argument}` : `press:${pressId}`;
    const atMs = this.clock.now();
    const event = {
      v: 1,
      type: 'command',
      id,
      threadId,
      desk,
      agent,
      name,
      text: '',
      message,
    } as const;
    const accepted = await this.intake.enqueue(id, { ...event, step, argument, atMs });
    const isLate = accepted.isDuplicate && step === 'yes';
    if (isLate) return { words: texts.plain('pressAnswered'), accepted };
    const key = WORDS[step];
    const words = pressed?.words ?? (key === null ? '' : texts.plain(key));
    return { words, accepted };
  }

  #given({ id, message, agent, answered }: AgentMessage, name: string, text: string): GivenCommand {
    return {
      v: 1,
      type: 'command',
      id: `update:${id}`,
      threadId: null,
      desk: this.settings.desk,
      agent,
      name,
      text,
      message: placedMessageOf(message),
      ...(answered.kind === 'notice' && { answered: answered.message }),
      atMs: message.date * 1000,
    };
  }
}

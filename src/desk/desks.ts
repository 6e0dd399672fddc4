import type { ChatFullInfo } from '@grammyjs/types';
import { Inject, Injectable, type OnModuleInit, type Provider } from '@nestjs/common';
import { LazyModuleLoader } from '@nestjs/core';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber, TelegramArgumentError } from '../errors/index.js';
import { DEFAULT_DESK } from '../threads/thread-record.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { JobForwarder, type ForwardedJob } from '../outbound/job-forwarder.js';
import { Desk } from './desk.js';
import { DeskDirectory } from './desk-directory.js';
import { SHARED_WITH_DESKS } from './shared-with-desks.provider.js';
import { DeskModule } from './desk.module.js';

/** Injection token of a desk, whose instantiation adds it to the {@link Desks} of its bot. */
export const DESK_ADDED = Symbol('TELEGRAM_DESK_ADDED');

/** The desks of a bot. Those beside the default one are loaded when the app starts, or when they are asked for first. */
@Injectable()
export class Desks extends JobForwarder implements DeskDirectory, OnModuleInit {
  readonly #logger: ThrottledLogger;
  readonly #desks = new Map<string, Desk>();
  #loaded: Promise<ReadonlyMap<string, Desk>> | undefined;
  /** Desks of threads that this process does not have, which are in the log. */
  readonly #unknown = new Set<string>();

  constructor(
    private readonly settings: TelegramSettings,
    private readonly threads: ThreadStateRepository,
    private readonly loader: LazyModuleLoader,
    @Inject(SHARED_WITH_DESKS) private readonly shared: readonly Provider[],
    errors: ErrorDescriber,
  ) {
    super();
    this.#logger = new ThrottledLogger(Desks.name, errors);
  }

  /** Called for each desk when it is instantiated. */
  add(desk: Desk): Desk {
    this.#desks.set(desk.name, desk);
    return desk;
  }

  async onModuleInit(): Promise<void> {
    await this.#load();
  }

  /** Whether there is a desk beside the default one. */
  get areSeveral(): boolean {
    return this.settings.isEnabled && this.settings.desks.length > 1;
  }

  /** The default one first. */
  async all(): Promise<readonly Desk[]> {
    return [...(await this.#load()).values()];
  }

  async ofChat(chatId: number): Promise<Desk | null> {
    const desks = await this.all();
    return desks.find(({ adminChat }) => adminChat.isNamed(chatId)) ?? null;
  }

  async earlierInChat(
    desk: string,
    { id, username, active_usernames: usernames = [] }: ChatFullInfo,
  ): Promise<Desk | null> {
    const names = [id, ...[username ?? [], usernames].flat().map((name) => `@${name}`)];
    const desks = await this.all();
    const earlier = desks.slice(
      0,
      desks.findIndex(({ name }) => name === desk),
    );
    return earlier.find(({ adminChat }) => names.some((name) => adminChat.isNamed(name))) ?? null;
  }

  /** @throws {@link TelegramArgumentError} When there is none of that name. */
  checkName(method: string, name: string): void {
    const { desks } = this.settings;
    if (desks.includes(name)) return;
    const names = desks.map((each) => `"${each}"`).join(', ');
    throw new TelegramArgumentError(method, ['desk'], [`desk must be one of ${names}`]);
  }

  /** The desk of a name; the default one where this process has none of that name. */
  async get(name: string): Promise<Desk> {
    const desks = await this.#load();
    const desk = desks.get(name) ?? desks.get(DEFAULT_DESK);
    if (!desk) throw new Error('The bot has no desk');
    if (desk.name !== name) this.#report(name);
    return desk;
  }

  /**
   * The desk of a thread; the default one when no other is known. Costs nothing when the bot has one desk.
   *
   * @returns Null when the store does not answer, which is logged.
   */
  async ofThread(threadId: string): Promise<Desk | null> {
    if (!this.areSeveral) return this.get(DEFAULT_DESK);
    return this.#find(threadId, async () => (await this.threads.find(threadId))?.desk);
  }

  /**
   * Gives a thread to a desk, unless another one has it. Costs nothing when the bot has one desk.
   *
   * @param name By default that of the default desk.
   * @returns The desk that has it. Null when the store does not answer, which is logged.
   */
  async claim(threadId: string, name?: string): Promise<Desk | null> {
    if (!this.areSeveral) return this.get(DEFAULT_DESK);
    const desk = await this.#find(threadId, () =>
      this.threads.claim(threadId, name ?? DEFAULT_DESK),
    );
    if (desk && name !== undefined && name !== desk.name) {
      this.#logger.warn(
        `Thread ${threadId} is at the desk "${desk.name}", so its notice goes there and not to "${name}". updateThread({ threadId, desk }) moves a thread`,
      );
    }
    return desk;
  }

  async #find(
    threadId: string,
    nameOfDesk: () => Promise<string | undefined>,
  ): Promise<Desk | null> {
    try {
      return await this.get((await nameOfDesk()) ?? DEFAULT_DESK);
    } catch (error) {
      const reason = this.#logger.describe(error);
      this.#logger.error(
        `A notice of thread ${threadId} could not be accepted, because its desk is not known: ${reason}. Notify again with the id of the result once the cause is fixed`,
        reason,
      );
      return null;
    }
  }

  async nameOf(desk: string): Promise<string> {
    return (await this.get(desk)).name;
  }

  async forward(desk: string, key: string, job: ForwardedJob): Promise<void> {
    const { outbound } = await this.get(desk);
    await outbound.take(key, job);
  }

  #load(): Promise<ReadonlyMap<string, Desk>> {
    this.#loaded ??= this.#loadAll();
    return this.#loaded;
  }

  async #loadAll(): Promise<ReadonlyMap<string, Desk>> {
    if (!this.areSeveral) return this.#desks;
    for (const name of this.settings.desks) {
      if (this.#desks.has(name)) continue;
      const ofTheBot: Provider[] = [
        ...this.shared,
        { provide: JobForwarder, useFactory: () => this },
        { provide: DeskDirectory, useFactory: () => this },
        { provide: DESK_ADDED, inject: [Desk], useFactory: (desk: Desk) => this.add(desk) },
      ];
      const settings = this.settings.forDesk(name);
      await this.loader.load(() => DeskModule.forDesk(settings, ofTheBot));
    }
    return this.#desks;
  }

  #report(name: string): void {
    if (this.#unknown.has(name)) return;
    this.#unknown.add(name);
    this.#logger.warn(
      `Threads of the desk "${name}" go to the default desk, because this process has no desk of that name. Add it to the option desks`,
    );
  }
}

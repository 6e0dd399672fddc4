import type { Clock } from '../../common/clock.js';
import { AgentStore, type CodeUse, type LinkedAccount } from '../agent-store.js';

interface Code {
  readonly userId: string;
  readonly expiresAtMs: number;
  usedBy?: number;
}

/** Keeps everything in the memory of this process, until it ends. */
export class MemoryAgentStore extends AgentStore {
  readonly #clock: Clock;
  readonly #codes = new Map<string, Code>();
  readonly #users = new Map<number, string>();
  readonly #duty = new Map<string, Map<number, string>>();

  constructor(clock: Clock) {
    super();
    this.#clock = clock;
  }

  addCode(hash: string, userId: string, lifeMs: number): Promise<void> {
    const nowMs = this.#clock.monotonicMs();
    for (const [known, { expiresAtMs }] of this.#codes) {
      if (expiresAtMs <= nowMs) this.#codes.delete(known);
    }
    this.#codes.set(hash, { userId, expiresAtMs: nowMs + lifeMs });
    return Promise.resolve();
  }

  useCode(hash: string, telegramId: number): Promise<CodeUse> {
    const code = this.#codes.get(hash);
    if (!code || code.expiresAtMs <= this.#clock.monotonicMs()) return Promise.resolve(null);
    const { userId, usedBy } = code;
    const isLinked = usedBy === telegramId && this.#users.get(telegramId) === userId;
    if (usedBy !== undefined && !isLinked) return Promise.resolve('used');
    if (usedBy === undefined) {
      code.usedBy = telegramId;
      this.#forget(userId);
      this.#users.set(telegramId, userId);
    }
    return Promise.resolve({ userId });
  }

  userOf(telegramId: number): Promise<string | null> {
    return Promise.resolve(this.#users.get(telegramId) ?? null);
  }

  linked(): Promise<readonly LinkedAccount[]> {
    const accounts = [...this.#users].map(([telegramId, userId]) => ({ telegramId, userId }));
    return Promise.resolve(accounts);
  }

  unlink(userId: string): Promise<boolean> {
    return Promise.resolve(this.#forget(userId));
  }

  setDuty(desk: string, telegramId: number, note: string | null): Promise<void> {
    const onDuty = this.#duty.get(desk) ?? new Map<number, string>();
    this.#duty.set(desk, onDuty);
    if (note === null) onDuty.delete(telegramId);
    else onDuty.set(telegramId, note);
    return Promise.resolve();
  }

  duty(desk: string): Promise<readonly string[]> {
    return Promise.resolve([...(this.#duty.get(desk) ?? new Map<number, string>()).values()]);
  }

  #forget(userId: string): boolean {
    const account = [...this.#users].find(([, user]) => user === userId);
    return account !== undefined && this.#users.delete(account[0]);
  }
}

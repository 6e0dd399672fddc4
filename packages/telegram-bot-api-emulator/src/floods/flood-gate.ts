import type { Clock } from '../time/clock.js';
import { BotApiError } from '../common/bot-api.error.js';
import type { BotAccount } from '../world/bot-account.js';
import type { ChatRoom } from '../world/chat-room.js';
import { type FloodLimit, FloodWindow } from './flood-window.js';

/** How much Telegram takes from a bot. */
export interface FloodLimits {
  /** Messages to one group, over all its topics. */
  readonly group?: FloodLimit;
  /** Edits in one group. */
  readonly groupEdits?: FloodLimit;
  /** Messages to one person. */
  readonly private?: FloodLimit;
  /** Messages and edits in one chat of any kind. */
  readonly chat?: FloodLimit;
  /** Messages to all chats. */
  readonly overall?: FloodLimit;
  /** Chat actions in one chat, all of them at a time. */
  readonly chatActions?: readonly FloodLimit[];
}

/** What is to be counted. */
export interface FloodCost {
  readonly kind: 'send' | 'edit' | 'action';
  /** An album counts each of its items. */
  readonly count: number;
}

/** Lets messages through or answers 429; what is refused counts nowhere. */
export class FloodGate {
  readonly #clock: Clock;
  readonly #windows: ReadonlyMap<keyof FloodLimits, FloodWindow>;
  readonly #actionWindows: readonly FloodWindow[];
  /** Until when all that is sent to a chat is refused. */
  readonly #blockedUntil = new Map<ChatRoom, number>();

  constructor(clock: Clock, limits: FloodLimits) {
    this.#clock = clock;
    const windows = new Map<keyof FloodLimits, FloodWindow>();
    for (const name of ['group', 'groupEdits', 'private', 'chat', 'overall'] as const) {
      const limit = limits[name];
      if (limit) windows.set(name, new FloodWindow(clock, limit));
    }
    this.#windows = windows;
    this.#actionWindows = (limits.chatActions ?? []).map((limit) => new FloodWindow(clock, limit));
  }

  /** Refuses all that is sent to a chat for a while, however little it is. */
  block(room: ChatRoom, durationMs: number): void {
    this.#blockedUntil.set(room, this.#clock.monotonicMs() + durationMs);
  }

  /** How long all that is sent to a chat is refused still, in milliseconds; 0 when it is not. */
  blockedMs(room: ChatRoom): number {
    return Math.max(0, (this.#blockedUntil.get(room) ?? 0) - this.#clock.monotonicMs());
  }

  /** @throws {@link BotApiError} 429 with the seconds to wait, at least 1. */
  spend(bot: BotAccount, room: ChatRoom, cost: FloodCost): void {
    const counted = this.#windowsOf(bot, room, cost);
    const blockedMs = cost.kind === 'action' ? 0 : this.blockedMs(room);
    const waits = counted.map(({ window, key }) => window.waitFor(key, cost.count));
    const waitMs = Math.max(blockedMs, ...waits);
    if (waitMs > 0) throw BotApiError.flood(Math.ceil(waitMs / 1000));
    for (const { window, key } of counted) window.add(key, cost.count);
  }

  #windowsOf(
    { id }: BotAccount,
    room: ChatRoom,
    { kind }: FloodCost,
  ): Array<{ window: FloodWindow; key: string }> {
    if (kind === 'action') {
      return this.#actionWindows.map((window) => ({ window, key: `${id} ${room.id}` }));
    }
    const isGroup = room.chat.type === 'group' || room.chat.type === 'supergroup';
    const names: Array<keyof FloodLimits> = ['chat'];
    if (isGroup) names.push(kind === 'edit' ? 'groupEdits' : 'group');
    if (kind === 'send') names.push('overall');
    if (kind === 'send' && room.chat.type === 'private') names.push('private');
    return names.flatMap((name) => {
      const window = this.#windows.get(name);
      return window ? [{ window, key: name === 'overall' ? `${id}` : `${id} ${room.id}` }] : [];
    });
  }
}

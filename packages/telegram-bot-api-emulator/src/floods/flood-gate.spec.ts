import { describe, expect, it } from 'vitest';
import { SystemClock } from '../time/system-clock.js';
import { type EmulatorServices, createEmulatorServices } from '../emulator.factory.js';
import { VirtualClock } from '../time/virtual-clock.js';
import type { ChatRoom } from '../world/chat-room.js';
import { type FloodCost, FloodGate, type FloodLimits } from './flood-gate.js';

const SEND: FloodCost = { kind: 'send', count: 1 };
const EDIT: FloodCost = { kind: 'edit', count: 1 };
const THREE = { messages: 3, windowMs: 10_000 };

describe('FloodGate', () => {
  const { bots, world }: EmulatorServices = createEmulatorServices(
    { bots: [{ token: '7:a' }, { token: '8:b', username: 'other_bot' }] },
    new SystemClock(),
  );
  const [bot, otherBot = bots[0]] = bots;
  const group = world.rooms.createGroup('Group', 'administrator');
  const forum = world.rooms.createSupergroup({ title: 'Forum', isForum: true }, 'administrator');
  const channel = world.rooms.createChannel({ title: 'Channel' }, 'administrator');
  const person = world.rooms.createPrivate(world.people.get('Ann'), bot, 'member');

  /** What becomes of the calls: `ok`, or the seconds of a 429. */
  function spend(
    gate: FloodGate,
    room: ChatRoom,
    costs: readonly FloodCost[],
    by = bot,
  ): unknown[] {
    return costs.map((cost) => {
      try {
        gate.spend(by, room, cost);
        return 'ok';
      } catch (error) {
        return retryAfterOf(error);
      }
    });
  }

  it.each<[string, keyof FloodLimits, ChatRoom, FloodCost]>([
    ['messages to a group', 'group', group, SEND],
    ['messages to a supergroup', 'group', forum, SEND],
    ['edits in a group', 'groupEdits', group, EDIT],
    ['edits in a supergroup', 'groupEdits', forum, EDIT],
    ['messages to a person', 'private', person, SEND],
    ['messages to a chat', 'chat', channel, SEND],
    ['edits in a chat', 'chat', channel, EDIT],
    ['messages to all chats', 'overall', channel, SEND],
  ])('limits %s', (_what, limit, room, cost) => {
    const { gate } = createGate({ [limit]: THREE });
    expect(spend(gate, room, times(cost, 4))).toEqual(['ok', 'ok', 'ok', 10]);
  });

  it.each<[string, keyof FloodLimits, ChatRoom, FloodCost]>([
    ['messages to persons by that of groups', 'group', person, SEND],
    ['messages to channels by that of groups', 'group', channel, SEND],
    ['edits by that of messages to a group', 'group', group, EDIT],
    ['messages by that of edits', 'groupEdits', group, SEND],
    ['edits of messages to a person by that of edits in groups', 'groupEdits', person, EDIT],
    ['messages to groups by that of persons', 'private', group, SEND],
    ['edits by that of messages to a person', 'private', person, EDIT],
    ['edits by that of all messages', 'overall', group, EDIT],
  ])('does not limit %s', (_what, limit, room, cost) => {
    const { gate } = createGate({ [limit]: THREE });
    expect(spend(gate, room, times(cost, 9))).toEqual(times(cost, 9).map(() => 'ok'));
  });

  it('counts each chat alone, and for each bot alone', () => {
    const { gate } = createGate({ group: THREE });
    spend(gate, group, times(SEND, 3));
    expect(spend(gate, forum, times(SEND, 3))).toEqual(['ok', 'ok', 'ok']);
    expect(spend(gate, group, times(SEND, 4), otherBot)).toEqual(['ok', 'ok', 'ok', 10]);
    expect(spend(gate, group, [SEND])).toEqual([10]);
  });

  it('counts the messages of a bot to all chats together', () => {
    const { gate } = createGate({ overall: THREE });
    expect(spend(gate, group, [SEND])).toEqual(['ok']);
    expect(spend(gate, person, [SEND])).toEqual(['ok']);
    expect(spend(gate, channel, [SEND])).toEqual(['ok']);
    expect(spend(gate, forum, [SEND])).toEqual([10]);
    expect(spend(gate, forum, [SEND], otherBot)).toEqual(['ok']);
  });

  it('counts messages and edits of one chat together where the limit is for both', () => {
    const { gate } = createGate({ chat: THREE });
    expect(spend(gate, person, [SEND, EDIT, SEND, EDIT, SEND])).toEqual(['ok', 'ok', 'ok', 10, 10]);
  });

  it('counts each item of an album', () => {
    const { gate, clock } = createGate({ group: THREE });
    expect(spend(gate, group, [SEND])).toEqual(['ok']);
    clock.advance(4_000);
    expect(spend(gate, group, [{ kind: 'send', count: 3 }])).toEqual([6]);
    expect(spend(gate, group, [{ kind: 'send', count: 2 }, SEND])).toEqual(['ok', 6]);
  });

  it('counts a refused message nowhere', () => {
    const { gate, clock } = createGate({
      group: { messages: 1, windowMs: 1_000 },
      chat: THREE,
      overall: THREE,
    });
    expect(spend(gate, group, times(SEND, 9))).toEqual(['ok', ...times(SEND, 8).map(() => 1)]);
    clock.advance(1_000);
    expect(spend(gate, group, [SEND])).toEqual(['ok']);
    expect(spend(gate, forum, times(SEND, 2))).toEqual(['ok', 9]);
  });

  it('lets the longest of several waits count', () => {
    const { gate, clock } = createGate({
      overall: { messages: 1, windowMs: 3_000 },
      group: { messages: 1, windowMs: 20_000 },
    });
    spend(gate, group, [SEND]);
    clock.advance(1_000);
    expect(spend(gate, group, [SEND])).toEqual([19]);
    expect(spend(gate, forum, [SEND])).toEqual([2]);
  });

  it('counts down, in whole seconds, to an end that stays where it is', () => {
    const { gate, clock } = createGate({ group: THREE });
    spend(gate, group, times(SEND, 3));
    const answers: unknown[] = [];
    for (const delayMs of [0, 1, 999, 5_500, 3_499, 1]) {
      clock.advance(delayMs);
      answers.push(...spend(gate, group, [SEND]));
    }
    expect(answers).toEqual([10, 10, 9, 4, 1, 'ok']);
  });

  describe('while a chat is blocked', () => {
    it('refuses all that is sent there, and nothing else', () => {
      const { gate, clock } = createGate({});
      gate.block(group, 17_000);
      expect(spend(gate, group, [SEND, EDIT])).toEqual([17, 17]);
      expect(spend(gate, group, [SEND], otherBot)).toEqual([17]);
      expect(spend(gate, forum, [SEND])).toEqual(['ok']);
      clock.advance(16_001);
      expect(spend(gate, group, [SEND])).toEqual([1]);
      clock.advance(999);
      expect(spend(gate, group, [SEND])).toEqual(['ok']);
    });

    it('counts what is refused in no window', () => {
      const { gate, clock } = createGate({ group: THREE });
      gate.block(group, 1_000);
      spend(gate, group, times(SEND, 9));
      clock.advance(1_000);
      expect(spend(gate, group, times(SEND, 4))).toEqual(['ok', 'ok', 'ok', 10]);
    });

    it('lets the last word count', () => {
      const { gate } = createGate({});
      gate.block(group, 60_000);
      gate.block(group, 5_000);
      expect(spend(gate, group, [SEND])).toEqual([5]);
    });
  });

  it('answers as Telegram does', () => {
    const { gate } = createGate({ group: { messages: 1, windowMs: 2_000 } });
    gate.spend(bot, group, SEND);
    expect(() => gate.spend(bot, group, SEND)).toThrow(
      expect.objectContaining({
        errorCode: 429,
        description: 'Too Many Requests: retry after 2',
        parameters: { retry_after: 2 },
      }),
    );
  });
});

function retryAfterOf(error: unknown): unknown {
  const isFlood = typeof error === 'object' && error !== null && 'parameters' in error;
  const parameters = isFlood ? error.parameters : undefined;
  const isNamed = typeof parameters === 'object' && parameters !== null;
  return isNamed && 'retry_after' in parameters ? parameters.retry_after : error;
}

function createGate(limits: FloodLimits): { gate: FloodGate; clock: VirtualClock } {
  const clock = new VirtualClock();
  return { gate: new FloodGate(clock, limits), clock };
}

function times(cost: FloodCost, count: number): FloodCost[] {
  return Array.from({ length: count }, () => cost);
}

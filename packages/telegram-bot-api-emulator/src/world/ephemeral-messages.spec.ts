import type { Message } from '@grammyjs/types';
import { beforeEach, describe, expect, it } from 'vitest';
import { createEmulatorServices } from '../emulator.factory.js';
import { VirtualClock } from '../time/virtual-clock.js';
import type { ChatRoom } from './chat-room.js';
import type { WorldChange } from './world-changes.js';

const PLACE = { personId: 1, botId: 2, after: 0 };
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

describe('EphemeralMessages', () => {
  let clock: VirtualClock;
  let room: ChatRoom;
  let changes: WorldChange[];

  beforeEach(() => {
    clock = new VirtualClock();
    const { world } = createEmulatorServices({}, clock);
    room = world.rooms.createGroup('Group', 'administrator');
    changes = [];
    world.changes.subscribe((change) => changes.push(change));
  });

  const create = (ephemeral_message_id: number): Message => ({
    message_id: 0,
    ephemeral_message_id,
    chat: room.chat,
    date: 1,
  });
  const add = (): Message => room.ephemeral.add(PLACE, create);

  it('tell a listener of what comes', () => {
    add();
    add();
    expect(changes).toEqual(
      [1, 2].map((ephemeralId) => ({ kind: 'ephemeral', room, ephemeralId })),
    );
  });

  it('have the lowest id that is free', () => {
    expect([add(), add(), add()].map((message) => message.ephemeral_message_id)).toEqual([1, 2, 3]);
    room.ephemeral.delete(2);
    expect(add().ephemeral_message_id).toBe(2);
    expect(add().ephemeral_message_id).toBe(4);
  });

  it.each<[string, () => void]>([
    ['changed', () => room.ephemeral.replace({ ...create(1), text: 'x' })],
    ['deleted', () => room.ephemeral.delete(1)],
    ['expired', () => room.ephemeral.clear()],
    ['hidden by a restart', () => room.ephemeral.hideFrom(1)],
    ['hidden by their person', () => room.ephemeral.hide(1)],
    ['too old', () => clock.advance(WEEK_MS)],
  ])('tell a listener which one it was when they are %s', (_how, change) => {
    add();
    changes.length = 0;
    change();
    room.ephemeral.dropExpired();
    expect(changes).toEqual([{ kind: 'ephemeral', room, ephemeralId: 1 }]);
  });

  it('stay known to Telegram when their person hides them', () => {
    add();
    add();
    room.ephemeral.hide(1);
    expect(room.ephemeral.seen.map(({ message }) => message.ephemeral_message_id)).toEqual([2]);
    expect(room.ephemeral.findSeen(1)).toBeUndefined();
    expect(room.ephemeral.find(1)).toBeDefined();
  });

  it('do not come back when they are changed after they were deleted', () => {
    const added = add();
    room.ephemeral.clear();
    room.ephemeral.replace(added);
    expect(room.ephemeral.seenBy(1)).toEqual([]);
  });
});

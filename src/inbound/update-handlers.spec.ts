import { describe, expect, it } from 'vitest';
import type { IncomingUpdate, UpdateType } from '../updates/incoming-update.interface.js';
import { HANDLED, type UpdateHandler } from './update-handler.interface.js';
import { UpdateHandlers } from './update-handlers.js';

function updateOf(type: UpdateType): IncomingUpdate {
  const raw = { update_id: 1 };
  return {
    id: 1,
    type,
    raw,
    message: null,
    agent: null,
    answered: { kind: 'nothing' },
    reaction: null,
    press: null,
    membership: null,
  };
}

describe('UpdateHandlers', () => {
  const calls: string[] = [];

  function handlerOf(name: string, updateTypes: UpdateType[], accepts = true): UpdateHandler {
    return {
      updateTypes,
      handle: () => {
        calls.push(name);
        return Promise.resolve(accepts ? HANDLED : null);
      },
    };
  }

  const handlers = new UpdateHandlers([
    handlerOf('first', ['message'], false),
    handlerOf('buttons', ['callback_query', 'message'], false),
    handlerOf('second', ['message', 'edited_message']),
    handlerOf('third', ['message']),
  ]);

  it('lists each type once that any handler takes', () => {
    expect(handlers.updateTypes).toEqual(['message', 'callback_query', 'edited_message']);
  });

  it('offers an update in order until a handler accepts it', async () => {
    calls.length = 0;
    expect(await handlers.handle(updateOf('message'))).toBe(HANDLED);
    expect(calls).toEqual(['first', 'buttons', 'second']);
  });

  it('is null when no handler accepts the update, or takes its type', async () => {
    calls.length = 0;
    expect(await handlers.handle(updateOf('callback_query'))).toBeNull();
    expect(await handlers.handle(updateOf('poll'))).toBeNull();
    expect(calls).toEqual(['buttons']);
  });

  it('rejects when a handler cannot store the update', async () => {
    const failing: UpdateHandler = {
      updateTypes: ['message'],
      handle: () => Promise.reject(new Error('no Redis')),
    };
    const both = new UpdateHandlers([failing, handlerOf('next', ['message'])]);
    calls.length = 0;
    await expect(both.handle(updateOf('message'))).rejects.toThrow('no Redis');
    expect(calls).toEqual([]);
  });
});

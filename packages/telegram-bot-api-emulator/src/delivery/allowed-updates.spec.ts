import { describe, expect, it } from 'vitest';
import { AllowedUpdates, UPDATE_LIFETIME_SECONDS, type UpdateKind } from './allowed-updates.js';

const DAY = 86_400;
/** Kinds that have to be asked for by name. */
const ON_DEMAND: UpdateKind[] = ['message_reaction', 'message_reaction_count', 'chat_member'];
const KINDS = Object.keys(UPDATE_LIFETIME_SECONDS);

describe('AllowedUpdates', () => {
  it('takes by default everything but three kinds', () => {
    const allowed = new AllowedUpdates();
    expect(allowed.names).toBeUndefined();
    for (const kind of ON_DEMAND) expect(allowed.has(kind)).toBe(false);
    expect(allowed.has('message')).toBe(true);
    expect(allowed.has('callback_query')).toBe(true);
    expect(allowed.has('my_chat_member')).toBe(true);
  });

  it.each<[string[], UpdateKind[]]>([
    [['message'], ['message']],
    [
      ['chat_member', 'message'],
      ['message', 'chat_member'],
    ],
    [['poll', 'no_such_kind', 'poll'], ['poll']],
    [ON_DEMAND, ON_DEMAND],
    [KINDS, [...ON_DEMAND, 'message', 'poll']],
  ])('takes of %j, among others, %j', (asked, kinds) => {
    const allowed = new AllowedUpdates();
    allowed.set(asked);
    for (const kind of kinds) expect(allowed.has(kind)).toBe(true);
    expect(allowed.names).toEqual(expect.arrayContaining(kinds));
    expect(allowed.names).toHaveLength(new Set(asked.filter((name) => KINDS.includes(name))).size);
  });

  it('takes nothing else when it was asked for something', () => {
    const allowed = new AllowedUpdates();
    allowed.set(['callback_query']);
    expect(allowed.has('message')).toBe(false);
    expect(allowed.has('chat_member')).toBe(false);
  });

  it.each([
    ['nothing', []],
    ['unknown kinds alone', ['no_such_kind', 'MESSAGE', '']],
    ['the default itself', KINDS.filter((kind) => !ON_DEMAND.some((name) => name === kind))],
  ])('takes the default when it is asked for %s', (_what, asked) => {
    const allowed = new AllowedUpdates();
    allowed.set(['poll']);
    allowed.set(asked);
    expect(allowed.names).toBeUndefined();
    expect(allowed.has('message')).toBe(true);
    expect(allowed.has('chat_member')).toBe(false);
  });

  it.each<[UpdateKind, number]>([
    ['message', DAY],
    ['edited_message', DAY],
    ['channel_post', DAY],
    ['my_chat_member', DAY],
    ['message_reaction', DAY],
    ['chat_join_request', DAY],
    ['poll', DAY],
    ['callback_query', 150],
    ['inline_query', 30],
    ['chosen_inline_result', 600],
    ['shipping_query', 150],
    ['pre_checkout_query', 150],
  ])('lets a %s wait for %i seconds', (kind, seconds) => {
    expect(UPDATE_LIFETIME_SECONDS[kind]).toBe(seconds);
  });
});

import { describe, expect, it } from 'vitest';
import { changedReactions, isReactionChange } from './reaction-change.js';

const CHAT = { id: -1, type: 'supergroup' as const, title: 'Support' };

function changeOf(old: readonly object[], present: readonly object[]): unknown {
  return { chat: CHAT, message_id: 5, date: 1, old_reaction: old, new_reaction: present };
}

const emoji = (value: string) => ({ type: 'emoji', emoji: value });
const custom = (id: string) => ({ type: 'custom_emoji', custom_emoji_id: id });

describe('changedReactions', () => {
  it.each<[object[], object[], string[], string[]]>([
    [[], [emoji('👍')], ['👍'], []],
    [[emoji('👍')], [], [], ['👍']],
    [[emoji('👍'), emoji('🔥')], [emoji('🔥'), emoji('❤')], ['❤'], ['👍']],
    [[custom('1')], [custom('2'), { type: 'paid' }], ['custom:2', 'paid'], ['custom:1']],
    [[], [{ type: 'hologram' }, emoji('👍'), emoji('👍')], ['👍'], []],
  ])('of %j to %j', (before, after, added, removed) => {
    const change = changeOf(before, after);
    if (!isReactionChange(change)) throw new TypeError('No change of reactions');
    expect(changedReactions(change)).toEqual({ added, removed });
  });
});

describe('isReactionChange', () => {
  it.each<[string, object]>([
    ['an emoji without emoji', { type: 'emoji' }],
    ['a custom emoji without id', { type: 'custom_emoji', custom_emoji_id: 5 }],
    ['no type', { emoji: '👍' }],
  ])('rejects %s', (_name, reaction) => {
    expect(isReactionChange(changeOf([], [reaction]))).toBe(false);
  });
});

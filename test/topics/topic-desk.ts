import { expect, inject, vi } from 'vitest';
import { VirtualClock, type BotApiEmulator, type EmulatedTopic } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { shownText } from '../support/shown-text.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';

/** Where a desk keeps its data. */
export const STORAGES = ['memory', 'Redis'] as const;
export type StorageName = (typeof STORAGES)[number];

/** Starts a desk in a forum, which shows threads as topics. */
export function startTopicDesk(
  storage: StorageName,
  { options, emulator, ...wanted }: TestDeskOptions = {},
): Promise<TestDesk> {
  return TestDesk.start({
    chat: (telegram: BotApiEmulator) => telegram.createForum({ title: 'Support' }),
    webhook: false,
    ...wanted,
    emulator: { ...(storage === 'Redis' && { bots: [ownBot()] }), ...emulator },
    options: {
      mode: 'topics',
      ...(storage === 'Redis' && { redis: inject('redisUrl') }),
      ...options,
    },
  });
}

/** The texts of each topic, by its name, without what is hidden and without service messages. */
export function topicTexts({ chat }: Pick<TestDesk, 'chat'>): Record<string, string[]> {
  return Object.fromEntries(
    chat.topics.map(({ name, messages }) => [
      name,
      messages.flatMap((message) => (message.text ? [shownText(message)] : [])),
    ]),
  );
}

/** The messages of the General topic that have a text. */
export function generalTexts({ chat }: Pick<TestDesk, 'chat'>): string[] {
  return chat.messages.flatMap((message) =>
    message.text && !message.is_topic_message ? [shownText(message)] : [],
  );
}

/** A desk whose waits pass at once in memory; with Redis they take as long as they are. */
export async function startTimedDesk(
  storage: StorageName,
  wanted: TestDeskOptions = {},
): Promise<{
  readonly desk: TestDesk;
  readonly until: (isDone: () => boolean | Promise<boolean>) => Promise<void>;
}> {
  const clock = storage === 'memory' ? new VirtualClock() : undefined;
  const desk = await startTopicDesk(storage, { ...(clock && { clock }), webhook: true, ...wanted });
  const until = async (isDone: () => boolean | Promise<boolean>): Promise<void> => {
    const step = async (): Promise<void> => {
      // In small steps, so that no call times out while it is under way.
      if (!(await isDone())) clock?.advance(250);
      expect(await isDone()).toBe(true);
    };
    await vi.waitFor(step, { timeout: 25_000, interval: 20 });
  };
  return { desk, until };
}

/** The emoji of the icon of a topic; empty without one. */
export async function iconOf(desk: TestDesk, topic: EmulatedTopic | undefined): Promise<string> {
  const icons = await desk.telegram.api.call('getForumTopicIconStickers');
  const icon = icons.find(({ custom_emoji_id: id }) => id === topic?.iconCustomEmojiId);
  return (icon?.emoji ?? '').replaceAll('\ufe0f', '');
}

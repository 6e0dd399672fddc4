import { expect, it } from 'vitest';
import type { ThreadStateRepository } from '../../src/threads/thread-state.repository.js';

/** One implementation of the port, made afresh for each test. */
export interface ThreadStateDriver {
  create(options: { ttlSeconds: number }): ThreadStateRepository;
  /** Lets time pass for the store. */
  elapse(ms: number): Promise<void>;
}

/** What every {@link ThreadStateRepository} promises. */
export function describeThreadStateRepository(driver: ThreadStateDriver): void {
  const topic = { chatId: -100_123, topicId: 7, name: 'Bob: "Hi"', isClosed: false };

  it('finds nothing of a thread that was never stored', async () => {
    const threads = driver.create({ ttlSeconds: 60 });
    expect(await threads.find('one')).toBeNull();
    expect(await threads.findByTopic(-100_123, 7)).toBeNull();
  });

  it('keeps the fields that an update leaves out', async () => {
    const threads = driver.create({ ttlSeconds: 60 });
    await threads.update('thread:1 / ü', { status: 'waiting', lastActivityAtMs: 5, subject: 'Ü' });
    await threads.update('thread:1 / ü', { status: 'answered', topic, assigneeId: undefined });
    expect(await threads.find('thread:1 / ü')).toEqual({
      threadId: 'thread:1 / ü',
      desk: 'default',
      status: 'answered',
      lastActivityAtMs: 5,
      subject: 'Ü',
      topic,
    });
  });

  it('removes the fields that an update sets to null', async () => {
    const threads = driver.create({ ttlSeconds: 60 });
    await threads.update('one', { status: 'closed', assigneeId: 5, topic });
    await threads.update('one', { assigneeId: null, topic: null });
    expect(await threads.find('one')).toEqual({
      threadId: 'one',
      desk: 'default',
      status: 'closed',
      lastActivityAtMs: 0,
    });
  });

  it('finds the thread of a topic, in its chat only', async () => {
    const threads = driver.create({ ttlSeconds: 60 });
    await threads.update('one', { topic });
    await threads.update('two', { topic: { ...topic, topicId: 8 } });
    expect(await threads.findByTopic(-100_123, 7)).toBe('one');
    expect(await threads.findByTopic(-100_123, 8)).toBe('two');
    expect(await threads.findByTopic(-100_124, 7)).toBeNull();
  });

  it('forgets a thread with its topic when it is not updated for its lifetime', async () => {
    const threads = driver.create({ ttlSeconds: 60 });
    await threads.update('one', { topic });
    await driver.elapse(45_000);
    await threads.update('one', { status: 'answered' });
    await driver.elapse(45_000);
    expect(await threads.find('one')).toMatchObject({ status: 'answered', topic });
    expect(await threads.findByTopic(-100_123, 7)).toBe('one');
    await driver.elapse(15_000);
    expect(await threads.find('one')).toBeNull();
    expect(await threads.findByTopic(-100_123, 7)).toBeNull();
  });

  it('gives a thread to the desk that claims it first', async () => {
    const threads = driver.create({ ttlSeconds: 60 });
    const owners = await Promise.all(['a', 'b', 'a'].map((desk) => threads.claim('one', desk)));
    expect(new Set(owners).size).toBe(1);
    expect((await threads.find('one'))?.desk).toBe(owners[0]);
    await threads.update('two', { status: 'answered' });
    expect(await threads.claim('two', 'a')).toBe('default');
    await driver.elapse(45_000);
    expect(await threads.claim('one', 'c')).toBe(owners[0]);
    await driver.elapse(45_000);
    expect((await threads.find('one'))?.desk).toBe(owners[0]);
  });

  it('forgets a thread with its topic when it is removed', async () => {
    const threads = driver.create({ ttlSeconds: 60 });
    const former = { chatId: topic.chatId, topicId: 6 };
    await threads.update('one', { topic: { ...topic, ...former } });
    await threads.update('one', { topic, formerTopics: [former] });
    expect(await threads.findByTopic(-100_123, 6)).toBe('one');
    await threads.remove('one');
    await threads.remove('never stored');
    expect(await threads.find('one')).toBeNull();
    expect(await threads.findByTopic(-100_123, 6)).toBeNull();
    expect(await threads.findByTopic(-100_123, 7)).toBeNull();
  });

  it('loses no field when several are updated at once', async () => {
    const threads = driver.create({ ttlSeconds: 60 });
    await Promise.all([
      threads.update('one', { status: 'closed' }),
      threads.update('one', { subject: 'A' }),
      threads.update('one', { topic }),
      threads.update('one', { assigneeId: 5 }),
    ]);
    expect(await threads.find('one')).toMatchObject({
      status: 'closed',
      subject: 'A',
      topic,
      assigneeId: 5,
    });
  });

  it('changes a record when the fields are as expected, and else nothing', async () => {
    const threads = driver.create({ ttlSeconds: 60 });
    await threads.update('one', { status: 'answered', subject: 'A "quoted" ü', topic });
    const gone = { ...topic, topicId: 8 };
    expect(await threads.updateIf('one', { status: 'closed' }, { topic: gone })).toBe(false);
    expect(await threads.updateIf('one', { move: { id: 'm', from: 'a' } }, { topic: gone })).toBe(
      false,
    );
    expect(await threads.updateIf('one', { subject: undefined }, { topic: gone })).toBe(false);
    expect(await threads.findByTopic(topic.chatId, 8)).toBeNull();
    expect((await threads.find('one'))?.topic).toEqual(topic);
    const asFound = {
      status: 'answered',
      topic,
      subject: 'A "quoted" ü',
      card: undefined,
    } as const;
    const changes = { status: 'closed', subject: null, topic: gone, url: undefined } as const;
    expect(await threads.updateIf('one', asFound, changes)).toBe(true);
    expect(await threads.find('one')).toEqual({
      threadId: 'one',
      desk: 'default',
      status: 'closed',
      lastActivityAtMs: 0,
      topic: gone,
    });
    expect(await threads.findByTopic(topic.chatId, 8)).toBe('one');
  });

  it('creates a record that is expected to be empty, and lets it live as long as any', async () => {
    const threads = driver.create({ ttlSeconds: 60 });
    const empty = { desk: 'default', status: 'waiting', lastActivityAtMs: 0 } as const;
    expect(await threads.updateIf('one', { desk: 'a' }, { subject: 'A' })).toBe(false);
    expect(await threads.find('one')).toBeNull();
    expect(await threads.updateIf('one', empty, { subject: 'A', topic })).toBe(true);
    await driver.elapse(45_000);
    expect(await threads.updateIf('one', empty, { lastActivityAtMs: 1 })).toBe(true);
    await driver.elapse(45_000);
    expect(await threads.find('one')).toMatchObject({ subject: 'A', lastActivityAtMs: 1 });
    expect(await threads.findByTopic(topic.chatId, topic.topicId)).toBe('one');
    await driver.elapse(15_000);
    expect(await threads.find('one')).toBeNull();
    expect(await threads.findByTopic(topic.chatId, topic.topicId)).toBeNull();
  });

  it('lets one of several win that expect the same', async () => {
    const threads = driver.create({ ttlSeconds: 60 });
    await threads.update('one', { status: 'waiting' });
    const results = await Promise.all(
      [1, 2, 3, 4].map((assigneeId) =>
        threads.updateIf('one', { assigneeId: undefined }, { assigneeId }),
      ),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    expect((await threads.find('one'))?.assigneeId).toBe(results.indexOf(true) + 1);
  });

  it('loses no change of a topic when several are made at once, and makes none of a former one', async () => {
    const threads = driver.create({ ttlSeconds: 60 });
    await threads.update('one', { topic });
    const changes = [{ name: 'New' }, { isClosed: true }, { shownStatus: 'closed' as const }];
    const former = { chatId: topic.chatId, topicId: 6 };
    const results = await Promise.all([
      ...changes.map((change) => threads.changeTopic('one', topic, change)),
      threads.changeTopic('one', former, { isGone: true }),
      threads.changeTopic('one', { ...topic, chatId: 1 }, { isGone: true }),
      threads.changeTopic('two', topic, { isGone: true }),
    ]);
    expect(results).toEqual([true, true, true, false, false, false]);
    const changed = { ...topic, name: 'New', isClosed: true, shownStatus: 'closed' };
    expect((await threads.find('one'))?.topic).toEqual(changed);
    expect(await threads.find('two')).toBeNull();
  });

  it('keeps the topics that a thread had before, until it is removed', async () => {
    const threads = driver.create({ ttlSeconds: 60 });
    await threads.bindTopic('one', topic, 5);
    expect(await threads.find('one')).toMatchObject({ topic, lastActivityAtMs: 5 });
    // Whoever has lost the answer of the store does it again.
    await threads.bindTopic('one', topic, 6);
    expect((await threads.find('one'))?.formerTopics).toBeUndefined();
    await threads.changeTopic('one', topic, { isGone: true });
    const others = [8, 9].map((topicId) => ({ ...topic, topicId }));
    for (const other of others) await threads.bindTopic('one', other, 7);
    expect(await threads.find('one')).toMatchObject({
      topic: others[1],
      formerTopics: [7, 8].map((topicId) => ({ chatId: topic.chatId, topicId })),
    });
    expect(await threads.findByTopic(topic.chatId, 7)).toBe('one');
    await threads.remove('one');
    for (const id of [7, 8, 9]) expect(await threads.findByTopic(topic.chatId, id)).toBeNull();
  });
}

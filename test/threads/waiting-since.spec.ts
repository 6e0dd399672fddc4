import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ThreadService } from '../../src/outbound/thread.service.js';
import { TopicDesk, type Place } from '../support/topic-desk.js';

describe.each<Place>(['memory', 'Redis'])('How long a customer has waited, in %s,', (place) => {
  let topics: TopicDesk;
  beforeEach(async () => {
    topics = await TopicDesk.start(place);
  });
  afterEach(() => topics.stop());

  const service = () => topics.desk.app.get(ThreadService, { strict: false });
  const since = async () => (await topics.threads.find('t1'))?.waitingSinceMs;

  it('counts from the first message that no agent has answered', async () => {
    const before = Date.now();
    await service().customerWrote('t1');
    const first = (await since()) ?? 0;
    expect(first).toBeGreaterThanOrEqual(before);
    expect(first).toBeLessThanOrEqual(Date.now());
    await service().customerWrote('t1');
    await service().update('t1', { subject: 'Refund' });
    expect(await since()).toBe(first);
  });

  it('ends when an agent answers or the thread is closed, and begins anew with the next message', async () => {
    await service().customerWrote('t1');
    await service().agentReplied('t1');
    expect(await since()).toBeUndefined();
    await service().customerWrote('t1');
    expect(await since()).toBeGreaterThan(0);
    await service().close('t1');
    expect(await since()).toBeUndefined();
    await service().reopen('t1');
    expect(await since()).toBeUndefined();
    await service().customerWrote('t1');
    expect(await since()).toBeGreaterThan(0);
  });

  it('counts from the message that came before an answer at the same time', async () => {
    await Promise.all([
      service().customerWrote('t1'),
      service().customerWrote('t1'),
      service().agentReplied('t1'),
      service().customerWrote('t1'),
    ]);
    const { status, waitingSinceMs } = (await topics.threads.find('t1')) ?? {};
    expect(waitingSinceMs === undefined).toBe(status !== 'waiting');
  });
});

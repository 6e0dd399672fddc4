import { afterEach, describe, expect, it } from 'vitest';
import { ThreadService } from '../../src/outbound/thread.service.js';
import { TopicDesk, type Place } from '../support/topic-desk.js';

describe.each<Place>(['memory', 'Redis'])(
  'A thread that is changed in several ways at once, in %s,',
  (place) => {
    let topics: TopicDesk;
    afterEach(() => topics.stop());

    const service = () => topics.desk.app.get(ThreadService, { strict: false });

    it('stays closed when an agent answers and the app renames it meanwhile', async () => {
      topics = await TopicDesk.start(place);
      await topics.bind('t1');
      await topics.threads.update('t1', { status: 'waiting' });
      const changes = await Promise.all([
        service().close('t1'),
        service().agentReplied('t1'),
        service().update('t1', { subject: 'Refund' }),
        service().close('t1'),
      ]);
      expect(await topics.threads.find('t1')).toMatchObject({
        status: 'closed',
        subject: 'Refund',
      });
      // Whoever closes it says so, once.
      expect([changes[0].changed, changes[3].changed].filter(Boolean)).toHaveLength(1);
    });

    it('keeps what the app says of its customer when a message comes meanwhile', async () => {
      topics = await TopicDesk.start(place);
      await topics.bind('t1');
      await topics.threads.update('t1', { customer: 'Ada' });
      await Promise.all([
        service().customerWrote('t1', { customer: 'ada@example.com' }),
        service().update('t1', { customer: 'Ada Lovelace' }),
        service().customerWrote('t1', { customer: 'ada@example.com' }),
      ]);
      expect((await topics.threads.find('t1'))?.customer).toBe('Ada Lovelace');
    });
  },
);

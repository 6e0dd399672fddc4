import { afterEach, describe, expect, it } from 'vitest';
import { TopicDesk } from '../support/topic-desk.js';
import { STORAGES } from './topic-desk.js';

describe.each(STORAGES)(
  'A hint to an agent whose message is deleted, with data in %s,',
  (storage) => {
    let topics: TopicDesk;
    afterEach(() => topics.stop());

    const posted = (text: string) =>
      topics.desk.chat.waitForMessage((message) => message.text?.includes(text) === true, 20_000);

    it('stands in the topic where the message stood', async () => {
      topics = await TopicDesk.start(storage);
      const { desk, ada } = topics;
      await desk.telegram.notifyNewThread({ threadId: 't1', subject: 'One', text: 'Help' });
      const { message_thread_id: topicId = 0 } = await posted('Help');
      ada.delete(ada.inTopic(topicId).write('/unknown'));
      const hint = await posted('nothing that begins with /');
      expect(hint).toMatchObject({ message_thread_id: topicId, is_topic_message: true });
    });

    it('stands in the topic when the app cannot handle the message', async () => {
      topics = await TopicDesk.start(storage, { options: { replies: { attempts: 1 } } });
      const { desk, ada } = topics;
      desk.replies.before = () => Promise.reject(new Error('no database'));
      await desk.telegram.notifyNewThread({ threadId: 't1', subject: 'One', text: 'Help' });
      const { message_thread_id: topicId = 0 } = await posted('Help');
      ada.delete(ada.inTopic(topicId).write('Paid'));
      const hint = await posted('did not reach');
      expect(hint).toMatchObject({ message_thread_id: topicId, is_topic_message: true });
    });
  },
);

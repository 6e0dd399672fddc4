import { afterEach, describe, expect, it } from 'vitest';
import type { TestDesk } from '../support/test-desk.js';
import { STORAGES, generalTexts, startTopicDesk, topicTexts } from './topic-desk.js';

describe.each(STORAGES)('A refusal to create a topic, with data in %s,', (storage) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  async function open(threadId: string): Promise<void> {
    await desk.telegram.notifyNewThread({ threadId, subject: threadId, text: `Help ${threadId}` });
    await posted(`Help ${threadId}`);
  }

  const posted = (text: string) =>
    desk.chat.waitForMessage((message) => message.text?.includes(text) === true, 20_000);

  it.each([
    [400, 'Bad Request: CHAT_ADMIN_REQUIRED'],
    [400, 'Bad Request: not enough rights to create topics'],
    [403, 'Forbidden: CHAT_WRITE_FORBIDDEN'],
  ])(
    'in the words %i %s has the thread shown as replies, and holds back nothing',
    async (errorCode, description) => {
      desk = await startTopicDesk(storage);
      await open('t0');
      desk.emulator.failNext('createForumTopic', { kind: 'error', errorCode, description }, 1_000);
      await open('t1');
      await desk.telegram.notifyUserMessage({ threadId: 't0', text: 'more of t0' });
      await posted('more of t0');
      await open('t2');
      expect(topicTexts(desk)).toEqual({ t0: ['🆕 t0\n\nHelp t0', '💬 Customer\nmore of t0'] });
      expect(generalTexts(desk).join()).toMatch(/Help t1[^]*Help t2/);
      expect(desk.emulator.callsOf('createForumTopic')).toHaveLength(2);
      expect(desk.log.with('error', 'the bot may not manage topics')).toHaveLength(1);
    },
  );
});

import { expect, inject, it, onTestFinished, vi } from 'vitest';
import { VirtualClock } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk } from '../support/test-desk.js';
import { generalTexts, startTopicDesk, topicTexts } from './topic-desk.js';

it('A process without updates, with data in Redis, goes on in a topic when its answers say that there are topics again', async () => {
  const first = await startTopicDesk('Redis', { emulator: { bots: [ownBot()] } });
  const { emulator, chat } = first;
  onTestFinished(() => emulator.stop());
  const posted = (text: string) =>
    chat.waitForMessage((message) => message.text?.includes(text) === true, 20_000);
  await first.telegram.notifyNewThread({ threadId: 't1', subject: 'One', text: 'Help' });
  await posted('Help');
  await first.app.close();
  const options = {
    botToken: emulator.bot.token,
    adminChatId: chat.id,
    apiRoot: emulator.apiRoot,
    redis: inject('redisUrl'),
    mode: 'topics',
    updates: 'off',
  } as const;
  const other = await TestDesk.start({ webhook: false, options });
  onTestFinished(() => other.stop());
  chat.setForum(false);
  await other.telegram.notifyUserMessage({ threadId: 't1', text: 'while off' });
  await posted('while off');
  chat.setForum(true);
  for (const text of ['on one', 'on two']) {
    await other.telegram.notifyUserMessage({ threadId: 't1', text });
    await posted(text);
  }
  expect(generalTexts({ chat }).join()).not.toContain('on two');
  expect(topicTexts({ chat })['One']?.at(-1)).toContain('on two');
});

it('A process without updates, with data in memory, goes on in a topic when its answers say that there are topics again', async () => {
  const desk = await startTopicDesk('memory', { options: { updates: 'off' } });
  onTestFinished(() => desk.stop());
  const posted = (text: string) =>
    desk.chat.waitForMessage((message) => message.text?.includes(text) === true, 20_000);
  await desk.telegram.notifyNewThread({ threadId: 't1', subject: 'One', text: 'Help' });
  await posted('Help');
  desk.chat.setForum(false);
  await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'while off' });
  await posted('while off');
  desk.chat.setForum(true);
  for (const text of ['on one', 'on two']) {
    await desk.telegram.notifyUserMessage({ threadId: 't1', text });
    await posted(text);
  }
  expect(topicTexts(desk)['One']?.at(-1)).toContain('on two');
});

it('A process without updates tries a topic a minute after the bot lacked the right', async () => {
  const clock = new VirtualClock();
  const desk = await startTopicDesk('memory', { clock, options: { updates: 'off' } });
  onTestFinished(() => desk.stop());
  const open = async (threadId: string) => {
    await desk.telegram.notifyNewThread({ threadId, subject: threadId, text: 'Help' });
    await vi.waitFor(
      () => expect(desk.notices.some((text) => text.includes(threadId))).toBe(true),
      20_000,
    );
  };
  desk.chat.setBotRights({ can_manage_topics: false });
  await open('t1');
  desk.chat.setBotRights({ can_manage_topics: true });
  clock.advance(60_000);
  await open('t2');
  expect(Object.keys(topicTexts(desk))).toEqual(['t2']);
});

import { BotApiEmulator } from 'telegram-bot-api-emulator';
import { expect, it } from 'vitest';

it('answers in a topic until somebody deletes it', async () => {
  const telegram = await BotApiEmulator.start();
  const forum = telegram.createForum({ title: 'Team' });
  const ada = forum.agent('Ada', { status: 'administrator' });
  const topic = ada.createTopic('Order 42', { icon: '❗' });
  const send = async (text: string): Promise<unknown> => {
    const response = await fetch(`${telegram.apiRoot}/bot${telegram.bot.token}/sendMessage`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ chat_id: forum.id, message_thread_id: topic.id, text }),
    });
    return response.json();
  };
  ada.inTopic(topic).write('On its way');
  expect(await send('Thanks')).toMatchObject({ result: { message_thread_id: topic.id } });

  ada.changeTopicIcon(topic, '✅');
  ada.closeTopic(topic);
  await forum.waitForTopic(({ icon, isClosed }) => icon === '✅' && isClosed);
  forum.setBotRights({ can_manage_topics: false });
  expect(await send('Hello?')).toMatchObject({ description: 'Bad Request: TOPIC_CLOSED' });

  ada.deleteTopic(topic); // of which bots learn nothing
  expect(await send('Hello?')).toMatchObject({ description: 'Bad Request: TOPIC_DELETED' });
  await telegram.stop();
});

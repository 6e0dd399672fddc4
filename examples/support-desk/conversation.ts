import { randomUUID } from 'node:crypto';
import type { EmbeddedTelegram } from './embedded-telegram.js';

/** What the chat answers to a message that opens a thread. */
interface Opened {
  readonly thread: { readonly id: string };
}

/** What the chat answers when a thread is read. */
interface Transcript {
  readonly messages: ReadonlyArray<{
    readonly author: { readonly name?: string };
    readonly text?: string;
  }>;
}

/** Plays one conversation both ways, through the API of the chat and in Telegram, and prints it. */
export async function playConversation(appUrl: string, telegram: EmbeddedTelegram): Promise<void> {
  say('Alice writes in the chat of the app', 'Where is my parcel?');
  const { thread } = await send<Opened>(`${appUrl}/support/threads`, 'Where is my parcel?');
  const notice = await telegram.notice('Where is my parcel?');
  const topic = telegram.topicName(notice.topicId);
  say(
    `The desk posts in ${topic === undefined ? 'Telegram' : `the topic "${topic}"`}`,
    notice.text,
  );

  const way = topic === undefined ? 'replies to it in Telegram' : 'writes in the topic';
  say(`Ada ${way}`, 'It left our warehouse today.');
  const replyId = telegram.reply('It left our warehouse today.', notice);
  const [reaction] = await telegram.chat.waitForReaction(replyId);
  say('The reply is in the chat; Ada sees', reaction ?? '');

  say('Alice writes again', 'Thank you!');
  const messages = `${appUrl}/support/threads/${thread.id}/messages`;
  await send(messages, 'Thank you!');
  say('The desk posts in Telegram', (await telegram.notice('Thank you!')).text);

  const transcript = await answerOf<Transcript>(await fetch(messages));
  say('What Alice sees in the chat', transcript.messages.map(lineOf).join('\n'));
}

function lineOf({ author, text }: Transcript['messages'][number]): string {
  return `${author.name}: ${text}`;
}

function say(who: string, what: string): void {
  console.log(`\n${who}\n${what.replaceAll(/^/gm, '    ')}`);
}

async function send<Answer>(url: string, text: string): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json', 'X-Support-Chat': '1' };
  const body = JSON.stringify({ clientId: randomUUID(), text });
  return answerOf(await fetch(url, { method: 'POST', headers, body }));
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  const answer: Answer = JSON.parse(await response.text());
  return answer;
}

import type { EmbeddedTelegram } from './embedded-telegram.js';

/** A thread, as the app's API returns it. */
interface ThreadView {
  readonly id: string;
  readonly entries: readonly { readonly author: string; readonly text: string }[];
}

/** Plays one conversation both ways, through the app's HTTP API and the chat, and prints it. */
export async function playConversation(
  appUrl: string,
  telegram: EmbeddedTelegram,
): Promise<ThreadView> {
  say('Alice opens a thread in the app', 'Where is my parcel?');
  const opened = await post(`${appUrl}/threads`, {
    customer: 'Alice',
    subject: 'Late parcel',
    text: 'Where is my parcel?',
  });
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
  say('The app has handled the reply; Ada sees', reaction ?? '');

  say('Alice writes again in the app', 'Thank you!');
  await post(`${appUrl}/threads/${opened.id}/messages`, { text: 'Thank you!' });
  say('The desk posts in Telegram', (await telegram.notice('Thank you!')).text);

  const thread = await read(`${appUrl}/threads/${opened.id}`);
  say('What Alice sees in the app', thread.entries.map(lineOf).join('\n'));
  return thread;
}

function lineOf({ author, text }: ThreadView['entries'][number]): string {
  return `${author}: ${text}`;
}

function say(who: string, what: string): void {
  console.log(`\n${who}\n${what.replaceAll(/^/gm, '    ')}`);
}

async function post(url: string, body: object): Promise<ThreadView> {
  const headers = { 'Content-Type': 'application/json' };
  return threadOf(await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function read(url: string): Promise<ThreadView> {
  return threadOf(await fetch(url));
}

async function threadOf(response: Response): Promise<ThreadView> {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  const thread: ThreadView = JSON.parse(await response.text());
  return thread;
}

import type { TelegramService } from 'nestjs-telegram-support';
import { answerParent } from '../support/child.js';
import { DeskApp } from '../support/desk.app.js';
import type { Size } from './growth.task.js';

/** Where a desk works. */
export interface DeskPlace {
  readonly redisUrl: string;
  readonly apiRoot: string;
  readonly token: string;
  readonly chatId: number;
}

/** What it is to be given. */
export interface DeskTask extends DeskPlace, Size {}

const IN_FLIGHT = 50;

/** So many that it is as if there were none. */
const NO_LIMIT = { messages: 1_000_000, windowMs: 1_000 };

let telegram: TelegramService | undefined;
let next = 0;

/** Gives the desk everything, and leaves it to post; resolves when all is accepted. */
answerParent(async ({ jobs, keys, ...place }: DeskTask): Promise<null> => {
  const desk = (telegram ??= await startDesk(place));
  const end = next + jobs;
  const line = async (): Promise<void> => {
    while (next < end) {
      const number = next++;
      const text = `[m${number}] Where is my parcel? It was to arrive on Monday.`;
      await desk.notifyUserMessage({ threadId: `t${number % keys}`, text });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, line));
  return null;
});

async function startDesk({
  token,
  chatId,
  apiRoot,
  redisUrl,
}: DeskPlace): Promise<TelegramService> {
  const place = { botToken: token, adminChatId: chatId, apiRoot, redis: redisUrl };
  return (await DeskApp.start({ ...place, rateLimit: NO_LIMIT })).telegram;
}

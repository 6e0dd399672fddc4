import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { DeskApp } from '../support/desk.app.js';
import type { AcceptTask } from './accept.task.js';

/** Takes the message of a given number, and says when it is safe. */
export type Accept = (number: number) => Promise<void>;

/** Threads of which something waits already. */
const THREADS = 200;

const CUSTOMER = { id: 'c-42', name: 'Alice', email: 'alice@example.com' };

/** One permit a day: nothing is posted meanwhile, everything waits. */
const NOTHING_POSTED = { messages: 1, windowMs: 86_400_000 };

/** What a customer wrote. */
function messageOf(number: number, threads: number) {
  return {
    threadId: `thread-${number % threads}`,
    messageId: `message-${number}`,
    text: 'Where is my parcel? It was to arrive on Monday, and today is Thursday.',
    customer: CUSTOMER,
  };
}

/** The acceptor of a task, ready to take. */
export async function acceptorOf(task: AcceptTask): Promise<Accept> {
  switch (task.acceptor) {
    case 'BullMQ add':
      return bareQueue(task.redisUrl);
    case 'notifyUserMessage, threads that already wait':
      return desk(task, THREADS, true);
    case 'notifyUserMessage, a new thread each':
      return desk(task, Number.MAX_SAFE_INTEGER, true);
    case 'notifyUserMessage in memory, a new thread each':
      return desk(task, Number.MAX_SAFE_INTEGER, false);
  }
}

function bareQueue(url: string): Accept {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  const queue = new Queue('messages', { connection });
  return async (number) => {
    await queue.add('message', messageOf(number, THREADS), { removeOnComplete: true });
  };
}

async function desk(task: AcceptTask, threads: number, redis: boolean): Promise<Accept> {
  const { token: botToken, chatId: adminChatId, apiRoot, redisUrl } = task;
  const options = { botToken, adminChatId, apiRoot, rateLimit: NOTHING_POSTED };
  const { telegram } = await DeskApp.start({ ...options, ...(redis && { redis: redisUrl }) });
  return async (number) => {
    const receipt = await telegram.notifyUserMessage(messageOf(number, threads));
    if (!receipt.accepted) throw new Error(`Not accepted: ${receipt.reason}`);
  };
}

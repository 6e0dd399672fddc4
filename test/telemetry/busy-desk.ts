import { Injectable } from '@nestjs/common';
import { inject, vi } from 'vitest';
import { AgentCommand, OnThreadReply, type ThreadReply } from '../../src/index.js';
import { ThreadStateRepository } from '../../src/threads/thread-state.repository.js';
import { ChatDesk, byHeader } from '../chat-widget/chat-desk.js';
import { EventClient } from '../chat-widget/stream/event-client.js';
import { ownBot } from '../support/own-bot.js';
import type { RecordingSdk } from './recording-sdk.js';

const SOON = { timeout: 30_000 };

@Injectable()
class FailingApp {
  @OnThreadReply({ threads: (id) => id === 'failing' })
  take({ text }: ThreadReply): void {
    throw new RangeError(text);
  }

  @AgentCommand({ name: 'refund', description: 'Refunds' })
  refund(): string {
    return 'done';
  }
}

/** A desk at which each thing has happened that is measured, with a stream of its chat that is open. */
export async function startBusyDesk(place: string, sdk: RecordingSdk): Promise<ChatDesk> {
  const busy = await ChatDesk.start({
    emulator: { bots: [ownBot()] },
    providers: [FailingApp],
    support: { anonymous: true, customer: byHeader },
    options: {
      ...(place === 'Redis' && { redis: inject('redisUrl') }),
      rateLimit: { messages: 40, windowMs: 60_000 },
      replies: { attempts: 1 },
      reminders: { firstReplyMs: 300, escalateMs: 600_000 },
    },
  });
  const { chat, emulator, telegram } = busy.desk;
  const customer = busy.customer('ann');
  const { body } = await customer.start('Where is my parcel?');
  const path = `threads/${body.thread.id}`;
  const stream = await EventClient.open(`${busy.base}${path}/stream`, {
    headers: customer.headers,
  });
  await stream.ready();
  const asked = await busy.notice('Where is my parcel?');
  await waits(busy, body.thread.id);
  chat.agent('Ada').reply(asked, 'On its way');
  await happened(sdk, 'telegram_support.reply.wait_time');
  await customer.call('POST', `${path}/messages`, { clientId: '2', text: 'When?' });
  const askedAgain = await busy.notice('When?');
  await waits(busy, body.thread.id);
  chat.agent('Ada').reply(askedAgain, 'Today');
  await happened(sdk, 'telegram_support.reply.wait_time', 2);
  await telegram.notifyNewThread({ threadId: 'waiting', text: 'Anybody there?' });
  await happened(sdk, 'telegram_support.threads.overdue');
  emulator.failNext('sendMessage', { kind: 'flood', retryAfterSeconds: 1 });
  await telegram.notifyNewThread({ threadId: 'failing', text: 'It fails' });
  const failing = await busy.notice('It fails');
  chat.agent('Ada').reply(failing, 'An answer');
  await happened(sdk, 'telegram_support.dead_letters.added');
  chat.agent('Ada').reply(failing, '/refund');
  await busy.notice('done');
  return busy;
}

/** Waits until the desk knows that a customer waits, which is stored when the notice is in the chat. */
async function waits({ desk }: ChatDesk, threadId: string): Promise<void> {
  const threads = desk.app.get(ThreadStateRepository, { strict: false });
  await vi.waitUntil(
    async () => (await threads.find(threadId))?.waitingSinceMs !== undefined,
    SOON,
  );
}

/** Waits until a metric has so many points, or so much in them. */
async function happened(sdk: RecordingSdk, name: string, times = 1): Promise<void> {
  await vi.waitFor(async () => {
    const points = await sdk.points(name);
    const sum = points.reduce((total, { value }) => total + value, 0);
    if (sum < times) throw new Error(`${name} is ${sum}`);
  }, SOON);
}

import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterEach, expect, inject, it, vi } from 'vitest';
import { AgentCommand, TelegramModule, type AgentCommandCall } from '../../src/index.js';
import { HandlerRegistry } from '../../src/events/handler-registry.js';
import { ThreadClaims } from '../../src/threads/thread-claims.js';
import { LogCapture } from '../support/log-capture.js';
import { CommandDesk, wordsOf } from './command-desk.js';

/** What another process can do. */
@Injectable()
class WorkerCommands {
  readonly calls: string[] = [];

  @AgentCommand({ name: 'invoice', description: 'Sends the invoice' })
  invoice({ text }: AgentCommandCall): string {
    this.calls.push(text);
    return `Sent ${text}`;
  }
}

const SLOW = { timeout: 20_000, interval: 20 };

const contexts: INestApplicationContext[] = [];
let desk: CommandDesk;
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
  await desk.stop();
});

/** A process without HTTP on the same desk. */
async function startWorker(hasCommands: boolean): Promise<INestApplicationContext> {
  const { emulator, chat } = desk.desk;
  const base = { botToken: emulator.bot.token, adminChatId: chat.id, apiRoot: emulator.apiRoot };
  const options = {
    ...base,
    redis: inject('redisUrl'),
    mode: desk.layout,
    updates: 'off',
  } as const;
  const testing = Test.createTestingModule({
    imports: [TelegramModule.forRoot(options)],
    providers: hasCommands ? [WorkerCommands] : [],
  }).setLogger(new LogCapture());
  const context = await (await testing.compile()).init();
  contexts.push(context);
  return context;
}

it.each(['replies', 'topics'] as const)(
  'runs a command in the process that has its method, in %s',
  async (layout) => {
    desk = await CommandDesk.start(['Redis', layout]);
    const card = await desk.open();
    const worker = await startWorker(true);
    const registry = desk.desk.app.get(HandlerRegistry, { strict: false });
    await vi.waitFor(
      async () => expect((await registry.published()).join()).toContain('/invoice'),
      SLOW,
    );
    const written = ['1', '2', '3'].map((text) => desk.write(card, `/invoice ${text}`));
    const own = desk.write(card, '/refund 5');
    for (const [index, each] of written.entries()) {
      expect(wordsOf(await desk.answerTo(each))).toBe(`Sent ${index + 1}`);
    }
    expect(wordsOf(await desk.answerTo(own))).toBe('<b>5</b> for nothing');
    expect(worker.get(WorkerCommands).calls).toEqual(['1', '2', '3']);
  },
);

it.each(['replies', 'topics'] as const)(
  'gives a thread to one of many agents who claim it at once in several processes, and tells all others who it is, in %s',
  async (layout) => {
    desk = await CommandDesk.start(['Redis', layout]);
    await desk.open();
    const others = await Promise.all([startWorker(false), startWorker(false)]);
    const claims = [desk.desk.app, ...others].map((app) =>
      app.get(ThreadClaims, { strict: false }),
    );
    for (let round = 0; round < 5; round += 1) {
      const threadId = `t1-${round}`;
      const holders = await Promise.all(
        Array.from({ length: 30 }, async (_, number) => {
          const agent = { id: number + 1, name: `Agent ${number + 1}`, anonymous: false };
          const claim = { id: `${round}:${number}`, threadId, agent, atMs: 0 };
          const message = { chatId: desk.desk.chat.id, messageId: number + 1 };
          return claims[number % claims.length]?.take({ ...claim, message });
        }),
      );
      expect(new Set(holders.map((holder) => holder?.id)).size).toBe(1);
      expect(holders.filter((holder) => holder?.isNew)).toHaveLength(1);
      const state = await desk.desk.telegram.findThread(threadId);
      expect(state).toMatchObject({ assigneeId: holders[0]?.id, assigneeName: holders[0]?.name });
    }
  },
);

it('has two agents who press Claim at once in two processes read who has it', async () => {
  desk = await CommandDesk.start(['Redis', 'topics']);
  const card = await desk.open();
  await Promise.all([startWorker(false), startWorker(false)]);
  const agents = ['Ada', 'Bob', 'Carl'].map((name) => desk.desk.chat.agent(name));
  const commands = agents.map((agent) => desk.write(card, '/claim', agent));
  const answers = await Promise.all(commands.map((command) => desk.answerTo(command)));
  const words = answers.map((answer) => wordsOf(answer));
  const taken = words.filter((text) => text.endsWith('has this conversation now.'));
  expect(taken).toHaveLength(1);
  const [, owner = ''] = /^✋ (\w+) has/.exec(taken[0] ?? '') ?? [];
  expect(
    words.filter((text) => text === `✋ ${owner} has this conversation. Take it over?`),
  ).toHaveLength(2);
});

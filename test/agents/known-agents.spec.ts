import { createHash } from 'node:crypto';
import { Test } from '@nestjs/testing';
import type { Update } from '@grammyjs/types';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { UpdateRouter } from '../../src/desk/update-router.js';
import { TelegramModule, type AgentDecision } from '../../src/index.js';
import { VirtualClock, type EmulatedAgent, type EmulatedChat } from '../../src/testing/index.js';
import { LogCapture } from '../support/log-capture.js';
import { ReplyLog } from '../support/reply-log.js';
import { RevisionLog } from '../support/revision-log.js';
import type { TestDeskOptions } from '../support/test-desk.js';
import { EventLog } from '../support/topic-desk.js';
import {
  AppCommands,
  COMMAND_DESKS,
  CommandDesk,
  wordsOf,
  type CommandPlace,
} from './command-desk.js';

const SLOW = { timeout: 20_000, interval: 20 };
const LINKED = '✅ Done, Ada: the app knows who you are now.';
const USED = '⚠️ Somebody has used this link before. Ask for a new one.';
const EXPIRED = '⚠️ This link is not valid, or not any more. Ask for a new one.';

describe.each<CommandPlace>([...COMMAND_DESKS])('Agents, with data in %s and %s,', (...place) => {
  let desk: CommandDesk;
  afterEach(() => desk.stop());

  async function start(wanted: TestDeskOptions = {}): Promise<void> {
    desk = await CommandDesk.startWithRevisions(place, wanted);
  }

  const log = () => desk.desk.app.get(RevisionLog);
  const telegram = () => desk.desk.telegram;
  /** The private chat of somebody with the bot. */
  const privately = (agent: EmulatedAgent): EmulatedChat =>
    desk.desk.emulator.createPrivateChat(agent.user.first_name);
  const says = (chat: EmulatedChat, words: string) =>
    vi.waitFor(() => expect(chat.messages.map(({ text }) => text)).toContain(words), SLOW);
  const link = async (userId: string): Promise<string> =>
    (await telegram().agentLink(userId)) ?? '';

  it('are known by their user once they have followed the link, in all that they do', async () => {
    await start();
    const url = await link('user-7');
    expect(url).toMatch(/^https:\/\/t\.me\/\w+\?start=[\w-]{38}$/);
    const notice = await desk.open();
    desk.write(notice, 'Before');
    await vi.waitFor(() => expect(log().replies).toHaveLength(1), SLOW);
    expect(log().replies[0]?.agent).not.toHaveProperty('userId');
    const chat = privately(desk.ada);
    chat.agent('Ada').openLink(url);
    await says(chat, LINKED);
    expect(await telegram().linkedAgents()).toEqual([
      { userId: 'user-7', telegramId: desk.ada.user.id },
    ]);
    const reply = desk.write(notice, 'After');
    await vi.waitFor(() => expect(log().replies).toHaveLength(2), SLOW);
    expect(log().replies[1]?.agent).toMatchObject({ id: desk.ada.user.id, userId: 'user-7' });
    desk.ada.edit(reply, 'After all');
    await vi.waitFor(() => expect(log().edits).toHaveLength(1), SLOW);
    expect(log().edits[0]?.agent.userId).toBe('user-7');
    desk.ada.react(notice, '🔥');
    await vi.waitFor(() => expect(log().reactions).toHaveLength(1), SLOW);
    expect(log().reactions[0]?.agent.userId).toBe('user-7');
    await desk.answerTo(desk.write(notice, '/plan'));
    expect(desk.app.calls[0]?.agent.userId).toBe('user-7');
    const who = await desk.answerTo(desk.write(notice, '/whoami'));
    expect(wordsOf(who)).toContain('The app knows you as user-7.');
    log().before = () => {
      throw new Error('no database');
    };
    desk.write(notice, 'Dead');
    await vi.waitFor(async () => {
      const [letter] = await telegram().deadLetters.list();
      expect(letter?.agent?.userId).toBe('user-7');
    }, SLOW);
    expect(await telegram().unlinkAgent('user-7')).toBe(true);
    expect(await telegram().unlinkAgent('user-7')).toBe(false);
    expect(await telegram().linkedAgents()).toEqual([]);
    log().before = () => undefined;
    desk.write(notice, 'Unknown again');
    await vi.waitFor(() => expect(log().replies).toHaveLength(3), SLOW);
    expect(log().replies[2]?.agent).not.toHaveProperty('userId');
  });

  it('are told when a link was used, is not valid, or comes again', async () => {
    await start();
    const url = await link('user-7');
    const [ada, eve] = [desk.ada, desk.desk.chat.agent('Eve')].map((agent) => privately(agent));
    if (!ada || !eve) throw new Error('There are no chats');
    ada.agent('Ada').openLink(url);
    await says(ada, LINKED);
    eve.agent('Eve').openLink(url);
    await says(eve, USED);
    // Telegram delivers an update again that was not acknowledged, and people press twice.
    ada.agent('Ada').openLink(url);
    await vi.waitFor(
      () => expect(ada.messages.filter(({ text }) => text === LINKED)).toHaveLength(2),
      SLOW,
    );
    const mallory = privately(desk.desk.chat.agent('Mallory'));
    mallory.agent('Mallory').write(`/start agent_${'a'.repeat(32)}`);
    await says(mallory, EXPIRED);
    // Whoever tries codes gets one answer a minute.
    for (let i = 0; i < 5; i += 1) {
      mallory.agent('Mallory').write(`/start agent_${'b'.repeat(31)}${i}`);
    }
    await desk.desk.emulator.idle(20_000);
    expect(mallory.messages.filter(({ text }) => text === EXPIRED)).toHaveLength(1);
    expect(await telegram().linkedAgents()).toEqual([
      { userId: 'user-7', telegramId: desk.ada.user.id },
    ]);
  });

  it('are one account for each user, and one user for each account', async () => {
    await start();
    const eve = desk.desk.chat.agent('Eve');
    const [first, second] = [privately(desk.ada), privately(eve)];
    first.agent('Ada').openLink(await link('u1'));
    await says(first, LINKED);
    second.agent('Eve').openLink(await link('u1'));
    await says(second, LINKED.replace('Ada', 'Eve'));
    expect(await telegram().linkedAgents()).toEqual([{ userId: 'u1', telegramId: eve.user.id }]);
    second.agent('Eve').openLink(await link('u2'));
    await vi.waitFor(
      async () =>
        expect(await telegram().linkedAgents()).toEqual([
          { userId: 'u2', telegramId: eve.user.id },
        ]),
      SLOW,
    );
  });

  it('get nothing of what is no link, and so does a group', async () => {
    await start();
    const url = await link('user-7');
    const code = new URL(url).searchParams.get('start') ?? '';
    const chat = privately(desk.ada);
    const ada = chat.agent('Ada');
    for (const text of [
      '/start',
      '/start welcome',
      `/start ${code}${'x'.repeat(4_000)}`,
      'Hello',
    ]) {
      ada.write(text);
    }
    desk.ada.write(`/start ${code}`);
    desk.ada.anonymously().write(`/start ${code}`);
    await desk.desk.emulator.idle(20_000);
    expect(chat.messages.filter(({ from }) => from?.is_bot)).toEqual([]);
    expect(await telegram().linkedAgents()).toEqual([]);
    // The code is as good as before.
    ada.openLink(url);
    await says(chat, LINKED);
  });

  it('may answer when the app says so, by their user', async () => {
    const asked: Array<[string | undefined, string]> = [];
    const agents: AgentDecision = ({ userId }, { desk: name }) => {
      asked.push([userId, name]);
      return Promise.resolve(userId === 'user-7');
    };
    await start({ options: { agents } });
    const notice = await desk.open();
    const refused = desk.write(notice, 'Before');
    expect(wordsOf(await desk.answerTo(refused))).toContain('only registered agents');
    const chat = privately(desk.ada);
    chat.agent('Ada').openLink(await link('user-7'));
    await says(chat, LINKED);
    desk.write(notice, 'After');
    desk.write(notice, 'And more');
    await vi.waitFor(
      () => expect(log().replies.map(({ text }) => text)).toEqual(['After', 'And more']),
      SLOW,
    );
    expect(asked).toEqual([
      [undefined, 'default'],
      ['user-7', 'default'],
    ]);
  });

  it.each<[string, AgentDecision]>([
    [
      'throws',
      () => {
        throw new Error('no roles');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no roles'))],
    ['hangs', () => new Promise<boolean>(() => undefined)],
  ])('may not answer while the app %s, which the log says once', async (_, agents) => {
    await start({ options: { agents } });
    const notice = await desk.open();
    const refused = desk.write(notice, 'Hello');
    expect(wordsOf(await desk.answerTo(refused))).toContain('only registered agents');
    desk.write(notice, 'Hello?');
    await desk.desk.emulator.idle(20_000);
    expect(log().replies).toEqual([]);
    const lines = desk.desk.log.with('error', 'The option agents could not decide');
    expect(lines).toHaveLength(1);
  });

  it('go on and off duty, and the app knows who is', async () => {
    await start();
    const notice = await desk.open();
    const eve = desk.desk.chat.agent('Eve');
    const say = async (text: string, agent = desk.ada) =>
      wordsOf(await desk.answerTo(desk.write(notice, text, agent)));
    expect(await say('/duty')).toContain('Nobody is on duty');
    expect(await say('/on')).toContain('🟢 Ada is on duty.');
    expect(await say('/on', eve)).toContain('🟢 Eve is on duty.');
    expect(await say('/on')).toContain('Ada is on duty already');
    const chat = privately(desk.ada);
    chat.agent('Ada').openLink(await link('user-7'));
    await says(chat, LINKED);
    const onDuty = await telegram().agentsOnDuty();
    expect(new Map(onDuty.map(({ agent }) => [agent.name, agent.userId]))).toEqual(
      new Map([
        ['Ada', 'user-7'],
        ['Eve', undefined],
      ]),
    );
    expect(onDuty[0]?.since).toBeInstanceOf(Date);
    expect(await say('/duty')).toMatch(/On duty: 2\n• (Ada\n• Eve|Eve\n• Ada)$/);
    expect(await say('/off')).toContain('Ada is off duty');
    expect(await say('/off')).toContain('Ada is not on duty');
    expect((await telegram().agentsOnDuty()).map(({ agent }) => agent.name)).toEqual(['Eve']);
    expect(await telegram().desk('default').agentsOnDuty()).toHaveLength(1);
    await expect(telegram().agentsOnDuty('nowhere')).rejects.toThrow('desk must be one of');
  });
});

describe('A link for agents', () => {
  it('expires, after a day or when the app says so', async () => {
    const clock = new VirtualClock();
    const desk = await CommandDesk.start(['memory', 'replies'], { clock });
    onTestFinished(() => desk.stop());
    const { telegram, emulator } = desk.desk;
    const [day, minute] = [
      await telegram.agentLink('u1'),
      await telegram.agentLink('u2', { ttlMs: 60_000 }),
    ];
    clock.advance(60_001);
    const chat = emulator.createPrivateChat('Ada');
    const answers = () => chat.messages.filter(({ from }) => from?.is_bot).map(({ text }) => text);
    chat.agent('Ada').openLink(minute ?? '');
    await vi.waitFor(() => expect(answers()).toEqual([EXPIRED]), SLOW);
    // Else Telegram delivers the update again when its clock is set.
    await emulator.idle(20_000);
    clock.advance(86_400_000 - 120_000);
    chat.agent('Ada').openLink(day ?? '');
    await vi.waitFor(() => expect(answers()).toEqual([EXPIRED, LINKED]), SLOW);
    await emulator.idle(20_000);
    const late = await telegram.agentLink('u3');
    clock.advance(86_400_001);
    chat.agent('Ada').openLink(late ?? '');
    await vi.waitFor(() => expect(answers()).toEqual([EXPIRED, LINKED, EXPIRED]), SLOW);
  });

  it.each([
    ['', {}],
    ['x'.repeat(257), {}],
    ['u', { ttlMs: 0 }],
    ['u', { ttlMs: 1.5 }],
    ['u', { ttlMs: 31 * 86_400_000 }],
  ])('is not made for %j with %j', async (userId, options) => {
    const desk = await CommandDesk.start(['memory', 'replies']);
    onTestFinished(() => desk.stop());
    await expect(desk.desk.telegram.agentLink(userId, options)).rejects.toThrow('agentLink');
  });

  it('is used by one of two people who open it in two processes at once, and stored as a hash', async () => {
    const providers = [ReplyLog, EventLog, AppCommands];
    const desk = await CommandDesk.start(['Redis', 'replies'], { providers });
    onTestFinished(() => desk.stop());
    const { emulator, telegram, chat } = desk.desk;
    const testing = Test.createTestingModule({
      imports: [
        TelegramModule.forRoot({
          botToken: emulator.bot.token,
          adminChatId: chat.id,
          apiRoot: emulator.apiRoot,
          redis: inject('redisUrl'),
        }),
      ],
    }).setLogger(new LogCapture());
    const other = await (await testing.compile()).init();
    onTestFinished(() => other.close());
    const routers = [desk.desk.app, other].map((app) => app.get(UpdateRouter, { strict: false }));
    const redis = new Redis(inject('redisUrl'));
    onTestFinished(() => redis.disconnect());
    for (let round = 0; round < 10; round += 1) {
      const url = new URL((await telegram.agentLink(`user-${round}`)) ?? '');
      const code = url.searchParams.get('start') ?? '';
      const hash = createHash('sha256').update(code).digest('base64url');
      const keys = await redis.keys(`tg:{${emulator.bot.id}}:agent:code:*`);
      expect(keys).toContain(`tg:{${emulator.bot.id}}:agent:code:${hash}`);
      expect(keys.join()).not.toContain(code);
      const people = [11, 12].map((id) => ({
        id: id + 10 * round,
        is_bot: false,
        first_name: 'P',
      }));
      const updates = people.map((from, index): Update => ({
        update_id: 5_000 + 10 * round + index,
        message: {
          message_id: 1,
          date: Math.floor(Date.now() / 1000),
          chat: { id: from.id, type: 'private', first_name: 'P' },
          from,
          text: `/start ${code}`,
        },
      }));
      await Promise.all(routers.map((router, index) => acceptAt(router, updates[index])));
      const linked = await telegram.linkedAgents();
      expect(linked.filter(({ userId }) => userId === `user-${round}`)).toHaveLength(1);
      expect(linked).toHaveLength(round + 1);
    }
  });
});

async function acceptAt(router: UpdateRouter, update: Update | undefined): Promise<void> {
  if (update) await router.accept(update);
}

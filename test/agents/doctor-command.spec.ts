import {
  Injectable,
  ServiceUnavailableException,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { EmulatedAgent, Message } from '../../src/testing/index.js';
import { SeveralDesks } from '../desks/several-desks.js';
import { Gate } from '../support/gate.js';
import type { TestDeskOptions } from '../support/test-desk.js';
import { COMMAND_DESKS, CommandDesk, wordsOf, type CommandPlace } from './command-desk.js';

const SOON = { timeout: 20_000, interval: 20 };
const SECRET = 'the-secret-of-this-webhook';
const UNLUCKY = 'My card is 4111';

const isAnswer = (message: Message): boolean => wordsOf(message).startsWith('🩺');

/** Refuses what Telegram delivers of one message. */
@Injectable()
class UnluckyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { body } = context.switchToHttp().getRequest<{ body: unknown }>();
    if (JSON.stringify(body).includes(UNLUCKY)) throw new ServiceUnavailableException();
    return true;
  }
}

describe.each<CommandPlace>([...COMMAND_DESKS])('/doctor, with data in %s and %s,', (...place) => {
  let desk: CommandDesk;
  afterEach(() => desk.stop());

  async function start(wanted: TestDeskOptions = {}): Promise<void> {
    desk = await CommandDesk.start(place, wanted);
  }

  /** What one agent alone reads. */
  const told = async (agent: EmulatedAgent = desk.ada): Promise<string> =>
    wordsOf(await agent.waitForEphemeralMessage(isAnswer, 20_000));
  const seenByAll = () => desk.desk.chat.messages.filter(isAnswer);

  it('tells one agent what is wrong, why and what to do, in a thread and outside of all', async () => {
    await start({ options: { webhookSecret: SECRET } });
    const notice = await desk.open();
    const { chat, telegram, emulator } = desk.desk;
    const grace = chat.agent('Grace');
    chat.allowReactions([]);
    desk.write(notice, '/doctor');
    const answer = await told();
    const { checks } = await telegram.diagnose();
    const count = (status: string) => checks.filter((check) => check.status === status).length;
    expect(answer.split('\n')[0]).toBe(
      `🩺 This desk has problems. Failed: 0, warnings: ${count('warning')}, in order: ${count('ok')}, not checked: ${count('skipped')}`,
    );
    const reactions = checks.find(({ id }) => id === 'reactions');
    expect(reactions?.status).toBe('warning');
    expect(answer).toContain(
      `⚠️ reactions · ${reactions?.finding}\n${reactions?.why}\n➡️ ${reactions?.remedy}`,
    );
    grace.write('/doctor');
    expect(await told(grace)).toBe(answer);
    expect([desk.ada, grace].map((agent) => agent.ephemeralMessages.length)).toEqual([1, 1]);
    expect(seenByAll()).toEqual([]);
    expect(answer).not.toContain(emulator.bot.token);
    expect(answer).not.toContain(SECRET);
    expect(answer).not.toContain('Help t1');
  });

  it('is public where Telegram lets the bot tell nobody alone', async () => {
    await start();
    desk.desk.chat.allowReactions([]);
    const notice = await desk.open();
    desk.desk.emulator.failNext('sendMessage', {
      kind: 'error',
      errorCode: 400,
      description: 'Bad Request: not enough rights',
    });
    const answer = await desk.answerTo(desk.write(notice, '/doctor'));
    expect(wordsOf(answer)).toContain('⚠️ reactions · ');
    expect(answer.is_topic_message).toBe(place[1] === 'topics' ? true : undefined);
    expect(desk.ada.ephemeralMessages).toEqual([]);
    const outside = await desk.answerTo(desk.ada.anonymously().write('/doctor'));
    expect(wordsOf(outside)).toContain('⚠️ reactions · ');
    expect(seenByAll()).toHaveLength(2);
  });
});

describe.each<CommandPlace>([COMMAND_DESKS[0], COMMAND_DESKS[3]])(
  'What /doctor says, with data in %s and %s,',
  (...place) => {
    let desk: CommandDesk;
    afterEach(() => desk.stop());

    async function start(wanted: TestDeskOptions = {}): Promise<void> {
      desk = await CommandDesk.start(place, wanted);
    }

    /** What one agent alone reads. */
    const told = async (agent: EmulatedAgent = desk.ada): Promise<string> =>
      wordsOf(await agent.waitForEphemeralMessage(isAnswer, 20_000));
    const seenByAll = () => desk.desk.chat.messages.filter(isAnswer);
    const askedTelegram = () => desk.desk.emulator.callsOf('getWebhookInfo').length;

    it('says how deliveries fail, without what was to be delivered', async () => {
      await start({
        extras: { webhookDecorators: [UseGuards(UnluckyGuard)] },
      });
      const { emulator, telegram } = desk.desk;
      const chat = emulator.createPrivateChat('Eve');
      chat.agent('Eve').write(UNLUCKY);
      await vi.waitFor(async () => {
        const { last_error_message: error } = await telegram.api.call('getWebhookInfo');
        expect(error).toContain('503');
      }, SOON);
      desk.ada.write('/doctor');
      const answer = await told();
      expect(answer).toContain('Failed: 1,');
      const [, ...lines] = answer.split('\n\n');
      expect(lines[0]).toMatch(/^❌ webhook-delivery · Telegram's last delivery failed: .*503/);
      expect(lines[0]).toMatch(/\n➡️ /);
      expect(answer).not.toContain(UNLUCKY);
    });

    it('takes no failure that is over for one that lasts because its own update waits', async () => {
      await start();
      const { emulator, telegram } = desk.desk;
      emulator.bot.failNextDelivery({ kind: 'drop' });
      desk.ada.write('/whoami');
      await vi.waitFor(async () => {
        const info = await telegram.api.call('getWebhookInfo');
        expect(info).toMatchObject({
          pending_update_count: 0,
          last_error_message: expect.any(String),
        });
      }, SOON);
      desk.write(await desk.open(), '/doctor');
      expect(await told()).not.toContain('webhook-delivery');
    });

    it('looks once for all who ask at the same time', async () => {
      await start();
      const gate = new Gate();
      desk.desk.telegram.api.use({
        intercept: async ({ method }, next) => {
          if (method === 'getMe') await gate.pass();
          return next();
        },
      });
      const before = askedTelegram();
      const grace = desk.desk.chat.agent('Grace');
      desk.ada.write('/doctor');
      grace.write('/doctor');
      await desk.desk.emulator.idle(20_000);
      gate.open();
      expect(await told(grace)).toBe(await told());
      expect(askedTelegram()).toBe(before + 1);
    });

    it('answers once the rate limit has room again', async () => {
      const messages = place[1] === 'topics' ? 3 : 2;
      await start({ options: { rateLimit: { messages, windowMs: 4_000 } } });
      const notice = await desk.open();
      await desk.answerTo(desk.ada.write('/whoami'));
      desk.write(notice, '/doctor');
      expect(await told()).toContain('desk');
      expect(seenByAll()).toEqual([]);
    });

    it('is for registered agents', async () => {
      await start({ options: { agents: [1] } });
      const before = askedTelegram();
      const notice = await desk.open();
      const refused = await desk.answerTo(desk.write(notice, '/doctor'));
      expect(wordsOf(refused)).toContain('only registered agents');
      expect(askedTelegram()).toBe(before);
      expect(desk.ada.ephemeralMessages).toEqual([]);
    });

    it('answers where the process takes no replies, too', async () => {
      await start({ options: { replies: false } });
      desk.ada.write('/doctor');
      expect(await told()).toMatch(/^🩺/);
    });
  },
);

describe('/doctor', () => {
  it('is about the desk in whose chat it is written', async () => {
    const desks = await SeveralDesks.start('memory');
    onTestFinished(() => desks.stop());
    const [ada, bo] = ['default', 'billing'].map((name) =>
      desks.chat(name).agent(name, { status: 'administrator' }),
    );
    if (!ada || !bo) throw new Error('There are no agents');
    desks.chat('billing').allowReactions([]);
    bo.write('/doctor');
    expect(wordsOf(await bo.waitForEphemeralMessage(isAnswer, 20_000))).toContain(
      '⚠️ reactions · ',
    );
    ada.write('/doctor');
    expect(wordsOf(await ada.waitForEphemeralMessage(isAnswer, 20_000))).toContain(
      'All is well with this desk',
    );
  });

  it('is answered by one sentence when all is well, also in a private chat', async () => {
    const desk = await CommandDesk.start(['memory', 'replies'], {
      chat: (telegram) => telegram.createPrivateChat('Ada'),
    });
    onTestFinished(() => desk.stop());
    const answer = await desk.answerTo(desk.ada.write('/doctor'));
    const { checks } = await desk.desk.telegram.diagnose();
    const fine = checks.filter(({ status }) => status === 'ok').length;
    expect(wordsOf(answer)).toBe(`🩺 All is well with this desk (checks passed: ${fine}).`);
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { VirtualClock, type Message } from '../../src/testing/index.js';
import { ThreadMessageRepository } from '../../src/threads/thread-message.repository.js';
import { COMMAND_DESKS, CommandDesk, wordsOf } from '../agents/command-desk.js';
import { EventLog } from '../support/topic-desk.js';
import { storedOf } from './stored-data.js';

const CARD = '4242 4242 4242 4242';
const EMAIL = 'carl@example.com';
const SLOW = 20_000;

describe.each(COMMAND_DESKS)('/reveal, with data in %s and %s,', (...place) => {
  let commands: CommandDesk;
  afterEach(() => commands.stop());

  const desk = () => commands.desk;

  /** A thread of two messages with something masked; resolves with the first. */
  async function start(privacy: object = { revealTo: 'everyone' }, options = {}): Promise<Message> {
    commands = await CommandDesk.start(place, {
      options: { privacy: { mask: ['cards', 'emails'], ...privacy }, ...options },
    });
    const { telegram } = desk();
    await telegram.notifyNewThread({ threadId: 't1', subject: 's', text: `Card ${CARD}` });
    const first = await commands.shows('Card •••• 4242');
    await telegram.notifyUserMessage({ threadId: 't1', text: `Write to ${EMAIL}` });
    await vi.waitFor(() => expect(desk().notices.join()).toContain('Write to c•••'), SLOW);
    const messages = desk().app.get(ThreadMessageRepository, { strict: false });
    await vi.waitFor(async () => expect(await messages.list('t1')).toHaveLength(2), SLOW);
    return first;
  }

  const events = () =>
    desk()
      .app.get(EventLog)
      .events.map(({ type, threadId, agent, message }) => ({
        type,
        threadId,
        agent: agent?.name,
        message: message?.messageId,
      }));

  /** Answers the command, and says in words what became of it. */
  async function answer(written: Message): Promise<string> {
    return wordsOf(await commands.answerTo(written));
  }

  const seen = () => commands.ada.ephemeralMessages.map((message) => wordsOf(message));

  /** Neither in the chat for all, nor in the log, nor in Redis. */
  async function expectNoSecret(): Promise<void> {
    const shown = JSON.stringify(desk().chat.messages);
    const log = JSON.stringify(desk().log.lines);
    const stored = JSON.stringify(await storedOf(desk().emulator.bot.token));
    for (const secret of [CARD, EMAIL]) {
      expect([shown, log, stored].map((text) => text.includes(secret))).toEqual([
        false,
        false,
        false,
      ]);
    }
  }

  it('shows one agent alone what is masked in the message that they answer, and tells the app', async () => {
    const first = await start();
    const written = commands.ada.reply(first, '/reveal');
    expect(await answer(written)).toContain('🔓 Ada has looked at what is masked.');
    expect(seen()).toEqual([`🔓 What is masked, for you alone:\n•••• 4242 → ${CARD}`]);
    const event = { type: 'revealed', threadId: 't1', agent: 'Ada', message: first.message_id };
    await vi.waitFor(() => expect(events()).toEqual([event]), SLOW);
    await expectNoSecret();
  });

  it('shows it once the message was edited, too', async () => {
    const first = await start();
    await desk().telegram.notifyUserMessage({ threadId: 't1', messageId: 'm3', text: 'Hi' });
    const third = await commands.shows('Hi');
    const text = 'No: 4111 1111 1111 1111';
    await desk().telegram.notifyMessageEdited({ threadId: 't1', messageId: 'm3', text });
    await vi.waitFor(() => expect(desk().notices.join()).toContain('No: •••• 1111'), SLOW);
    await answer(commands.ada.reply(third, '/reveal'));
    expect(seen().join()).toContain('→ 4111 1111 1111 1111');
    expect(first).toBeDefined();
  });

  it('shows what is masked in the newest notices of a topic, and without topics in the answered one', async () => {
    const first = await start();
    await answer(commands.write(first, '/reveal'));
    const shown = [CARD, EMAIL].filter((secret) => seen().join().includes(`→ ${secret}`));
    expect(shown).toEqual(place[1] === 'topics' ? [CARD, EMAIL] : [CARD]);
  });

  it('shows nothing to people who may not see it', async () => {
    const first = await start({});
    expect(await answer(commands.ada.reply(first, '/reveal'))).toContain('not among those');
    expect(seen()).toEqual([]);
    expect(events()).toEqual([]);
    await expectNoSecret();
  });

  it('shows it to those of a list', async () => {
    const first = await start({ revealTo: [4_711] }, { agents: [4_711, 4_712] });
    const may = desk().chat.agent('May', { id: 4_711 });
    const not = desk().chat.agent('Not', { id: 4_712 });
    expect(await answer(not.reply(first, '/reveal'))).toContain('not among those');
    expect(await answer(may.reply(first, '/reveal'))).toContain('May has looked');
    expect(may.ephemeralMessages).toHaveLength(1);
    expect(not.ephemeralMessages).toHaveLength(0);
  });

  it('shows it to nobody where Telegram cannot show it to one alone', async () => {
    const first = await start();
    desk().chat.setBotStatus('member');
    expect(await answer(commands.ada.reply(first, '/reveal'))).toContain('shown to nobody');
    expect(seen()).toEqual([]);
    await expectNoSecret();
  });

  it('says that nothing is masked where that is so', async () => {
    await start();
    await desk().telegram.notifyUserMessage({ threadId: 't1', text: 'Nothing here' });
    const plain = await commands.shows('Nothing here');
    expect(await answer(commands.ada.reply(plain, '/reveal'))).toContain('Nothing is masked there');
    expect(events()).toEqual([]);
  });

  it('keeps no original where nobody may see it', async () => {
    const first = await start({ revealTo: false });
    expect(await answer(commands.ada.reply(first, '/reveal'))).toContain('not among those');
    const stored = await storedOf(desk().emulator.bot.token);
    expect(stored.filter(({ key }) => key.includes(':masked:'))).toEqual([]);
  });
});

describe('What is masked', () => {
  it('is forgotten after privacy.revealForMs', async () => {
    const clock = new VirtualClock();
    const commands = await CommandDesk.start(['memory', 'replies'], {
      clock,
      options: { privacy: { mask: ['cards'], revealTo: 'everyone', revealForMs: 60_000 } },
    });
    try {
      await commands.desk.telegram.notifyNewThread({ threadId: 't1', text: `Card ${CARD}` });
      const notice = await commands.shows('Card •••• 4242');
      clock.advance(61_000);
      const said = await commands.answerTo(commands.ada.reply(notice, '/reveal'));
      expect(wordsOf(said)).toContain('Nothing is masked there');
    } finally {
      await commands.stop();
    }
  });
});

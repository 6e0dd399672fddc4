import { expect, it, vi } from 'vitest';
import { SeededRandom } from '../../packages/telegram-bot-api-emulator/src/common/seeded-random.js';
import type { ButtonPress, EmulatedAgent, Message } from '../../src/testing/index.js';
import { Customers } from './customers.js';
import { DrillDesk } from './drill.desk.js';
import { DRILL_KILLS as KILLS } from './drill.length.js';
import { HeldReplies } from './held.replies.js';

const SEED = 11;
const THREADS = ['t01', 't02', 't03', 't04'];

/** Ada has it from the beginning, so what others answer there is held. */
const HELD_THREAD = 't05';

/** Longer than it takes to press a button of what is held. */
const HOLD_MS = 30_000;

/** By turns, since a button that is pressed twice in a row acts once. */
const BUTTONS = ['Check', 'Ping'];

/** How often each of two agents gives each command in each thread between two kills. */
const COMMANDS_OF_ROUND = 3;

/** The lease of a process that was killed has to expire. */
const TAKEOVER = { timeout: 60_000, interval: 50 };

const TAKEN = / has this conversation now\.$/;
const MARK = /^\(sent again/;

it.for([{ mode: 'replies' }, { mode: 'topics' }])(
  'runs each command, press and reply once, held ones too, and gives each thread to one agent when processes are killed, with $mode',
  { timeout: 180_000 },
  async ({ mode }, { annotate }) => {
    const desk = await DrillDesk.start({
      TELEGRAM_MODE: mode,
      WITH_COMMANDS: 'yes',
      CLAIMS: JSON.stringify({ policy: 'hold', holdMs: HOLD_MS }),
    });
    const { chat, fleet, reports } = desk;
    const random = new SeededRandom(SEED);
    const agents = ['Ada', 'Bob'].map((name) => chat.agent(name, { status: 'administrator' }));
    const customers = new Customers(desk.balancer.url);
    const open = async (threadId: string): Promise<Message> => {
      await customers.open(threadId);
      return chat.waitForMessage(({ text }) => text?.includes(`${threadId} m000`) === true, 20_000);
    };
    const [heldCard, ...cards] = await Promise.all([HELD_THREAD, ...THREADS].map(open));
    if (!heldCard) throw new Error('There is no card');

    const write = (agent: EmulatedAgent, card: Message, text: string): Message =>
      mode === 'replies'
        ? agent.reply(card, text)
        : agent.write(text, { message_thread_id: card.message_thread_id });
    const written: Message[] = [];
    const replied: string[] = [];
    const presses: ButtonPress[] = [];
    let handlersAtKills = 0;
    const [ada] = agents;
    if (!ada) throw new Error('There is no agent');
    const claim = write(ada, heldCard, '/claim');
    await chat.waitForMessage(({ reply_to_message: to }) => to?.message_id === claim.message_id);
    const cara = chat.agent('Cara', { status: 'administrator' });
    const held = new HeldReplies(chat, cara, (agent, text) => write(agent, heldCard, text));

    for (let round = 0; round < KILLS; round += 1) {
      const pressHeld = await held.write(round);
      for (let turn = 0; turn < COMMANDS_OF_ROUND; turn += 1) {
        for (const [index, card] of cards.entries()) {
          for (const agent of agents) {
            const name = `${THREADS[index]}-${agent.user.first_name}-${round}-${turn}`;
            written.push(write(agent, card, '/claim'), write(agent, card, `/refund ${name}`));
            write(agent, card, `reply ${name}`);
            replied.push(`reply ${name}`);
          }
        }
      }
      const presser = agents[Math.floor(round / BUTTONS.length) % agents.length] ?? ada;
      const button = BUTTONS[round % BUTTONS.length] ?? '';
      presses.push(...cards.map((card) => presser.pressStale(card, button)));
      // In the middle of it.
      const seen = reports.replies.length;
      const more = random.between(1, 8);
      const isTime = () => expect(reports.replies.length).toBeGreaterThanOrEqual(seen + more);
      await vi.waitFor(isTime, { timeout: 30_000, interval: 5 });
      pressHeld();
      const place = fleet.serving[random.between(0, fleet.serving.length - 1)] ?? 'A';
      await fleet.kill(place);
      handlersAtKills += await desk.activeKeys('inbox');
      await fleet.start(place);
    }

    const answersTo = ({ message_id: id }: Message) =>
      chat.messages
        .filter(({ reply_to_message: to, from }) => to?.message_id === id && from?.is_bot)
        .map(({ text = '' }) => text.replaceAll('\u200b', ''));
    const isAnswered = () => {
      for (const command of written) expect(answersTo(command)).not.toEqual([]);
      const texts = new Set(reports.replies.map(({ text }) => text));
      for (const deed of [...replied, ...held.wanted]) expect(texts).toContain(deed);
      for (const { id } of presses) expect(texts).toContain(`press:${id}`);
    };
    await vi.waitFor(isAnswered, TAKEOVER);
    await desk.emulator.idle(40_000);

    // An answer that may be there twice says so.
    const repeated = written.filter((command) => answersTo(command).length > 1);
    for (const command of repeated) {
      expect(answersTo(command).filter((text) => !MARK.test(text)).length).toBeLessThanOrEqual(1);
    }
    expect(repeated.length).toBeLessThanOrEqual(KILLS);

    // What was stopped has reached nobody, and nothing that was held can be pressed any more.
    expect(held.stoppedIn(reports.replies)).toEqual([]);
    await held.settle();

    // What ran twice was at work in a process that was killed.
    const byDeed = new Map<string, typeof reports.replies>();
    for (const deed of reports.replies) {
      byDeed.set(deed.text, [...(byDeed.get(deed.text) ?? []), deed]);
    }
    const twice = [...byDeed.values()].filter((runs) => runs.length > 1);
    for (const runs of twice) {
      for (const { instance } of runs.slice(0, -1)) expect(fleet.killed).toContain(instance);
    }
    expect(twice.length).toBeLessThanOrEqual(handlersAtKills);

    // Nobody gives a thread back, so one agent has each, from the first claim on.
    for (const [index, threadId] of THREADS.entries()) {
      const claims = [...byDeed.keys()].filter(
        (text) => text.startsWith('claimed by') && byDeed.get(text)?.[0]?.threadId === threadId,
      );
      expect(claims).toHaveLength(1);
      const [, owner = ''] = /^claimed by (\w+)/.exec(claims[0] ?? '') ?? [];
      const inThread = written.filter(
        (_, place) => Math.floor(place / 4) % THREADS.length === index,
      );
      const all = inThread.flatMap((command) => answersTo(command));
      const others = ['Ada', 'Bob'].filter((name) => name !== owner);
      for (const other of others) expect(all.join('\n')).not.toContain(`${other} has this`);
      // What was answered again, with a mark, counts once.
      const taking = inThread.filter((command) =>
        answersTo(command).some((text) => TAKEN.test(text)),
      );
      expect(taking.length).toBeLessThanOrEqual(1);
    }
    await annotate(
      `${KILLS} kills: of ${written.length} commands, ${presses.length} presses and ${held.count} held replies of a third agent ${repeated.length} were answered again with a mark, ` +
        `${twice.length} of ${byDeed.size} deeds ran again, of ${handlersAtKills} at work at the kills`,
    );
  },
);

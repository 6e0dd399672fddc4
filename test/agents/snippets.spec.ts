import { afterEach, describe, expect, it, vi } from 'vitest';
import { COMMAND_DESKS, CommandDesk, wordsOf } from './command-desk.js';

const SNIPPETS = {
  hello: 'Hi {{customer.name|there}}, this is {{agent.name}} about *{{subject}}* ({{threadId}}).',
  mail: 'We wrote to {{customer.email}}.',
  'zurück-1': '<b>Zurück</b> & @mention',
};

describe.each(COMMAND_DESKS)('In %s, in the layout %s, prepared answers', (...place) => {
  let desk: CommandDesk;
  afterEach(() => desk.stop());

  const start = async (options = {}): Promise<void> => {
    const replies = { snippets: SNIPPETS };
    desk = await CommandDesk.start(place, { options: { replies, ...options } });
  };
  const replies = () => desk.desk.replies.replies;
  const open = async (threadId: string, customer = {}) => {
    const text = `Help ${threadId}`;
    await desk.desk.telegram.notifyNewThread({ threadId, subject: 'a <subject>', text, customer });
    const notice = await desk.shows(text);
    await desk.recorded(threadId);
    return notice;
  };

  it('are sent as replies of the agent with their values, and shown to agents', async () => {
    await start();
    const notice = await open('t1', { name: 'Carl & <Co>', email: 'carl@example.com' });
    const written = desk.write(notice, '/s hello');
    const text = 'Hi Carl & <Co>, this is Ada about *a <subject>* (t1).';
    expect(wordsOf(await desk.answerTo(written))).toBe(`✉️ The customer gets:\n${text}`);
    await vi.waitFor(() => expect(replies()).toHaveLength(1), 20_000);
    expect(replies()[0]).toMatchObject({
      threadId: 't1',
      text,
      html: 'Hi Carl &amp; &lt;Co&gt;, this is Ada about *a &lt;subject&gt;* (t1).',
      hasText: true,
      agent: { name: 'Ada' },
      message: { messageId: written.message_id },
    });
    expect(await desk.desk.chat.waitForReaction(written.message_id, 20_000)).toEqual(['👍']);
    await vi.waitFor(
      async () => expect((await desk.desk.telegram.findThread('t1'))?.status).toBe('answered'),
      20_000,
    );
    await desk.answerTo(desk.write(notice, '/s mail'));
    await vi.waitFor(() => expect(replies()).toHaveLength(2), 20_000);
    expect(replies()[1]?.text).toBe('We wrote to carl@example.com.');
  });

  it('say something else in the place of a value that is missing, or are not sent', async () => {
    await start();
    const notice = await open('t1', { email: '' });
    await desk.answerTo(desk.write(notice, '/s hello'));
    await vi.waitFor(() => expect(replies()[0]?.text).toMatch(/^Hi there, this is Ada/), 20_000);
    const refused = await desk.answerTo(desk.write(notice, '/s mail'));
    expect(wordsOf(refused)).toBe(
      '⚠️ Nothing was sent: customer.email is not known. Write the answer yourself.',
    );
    expect(replies()).toHaveLength(1);
  });

  it('are not sent with a value that is masked', async () => {
    const mask = ['emails', { name: 'name', pattern: /Carl/, shown: 'C.' }] as const;
    await start({ privacy: { mask } });
    const notice = await open('t1', { name: 'Carl', email: 'carl@example.com' });
    const refused = await desk.answerTo(desk.write(notice, '/s mail'));
    expect(wordsOf(refused)).toContain('Nothing was sent: customer.email is not known.');
    await desk.answerTo(desk.write(notice, '/s hello'));
    await vi.waitFor(() => expect(replies()[0]?.text).toMatch(/^Hi there, this is Ada/), 20_000);
    expect(replies()).toHaveLength(1);
  });

  it('are listed by /s, and when there is none of a name', async () => {
    await start();
    const notice = await open('t1');
    const list = await desk.answerTo(desk.write(notice, '/s'));
    expect(wordsOf(list).split('\n')).toEqual([
      'ℹ️ Prepared answers, each sent with /s and its name:',
      '/s hello · Hi {{customer.name|there}}, this is {{agent.name}} about *{{…',
      '/s mail · We wrote to {{customer.email}}.',
      '/s zurück-1 · <b>Zurück</b> & @mention',
    ]);
    // Telegram would make links and mentions of them.
    const types = new Set<string>(list.entities?.map(({ type }) => type));
    expect(['url', 'email', 'mention'].filter((type) => types.has(type))).toEqual([]);
    const unknown = await desk.answerTo(desk.write(notice, `/s ${'toString '.repeat(20)}`));
    expect(wordsOf(unknown)).toMatch(/^⚠️ Nothing was sent: there is no prepared answer/);
    const { username } = desk.desk.emulator.bot;
    const outside = await desk.answerTo(desk.ada.write(`/s@${username} hello`));
    expect(wordsOf(outside)).toMatch(/^⚠️ Nothing was sent: write this in the topic/);
    const help = await desk.answerTo(desk.write(notice, '/help'));
    expect(wordsOf(help)).toContain('/s · Sends a prepared answer');
    expect(replies()).toEqual([]);
  });

  it('become dead letters as other replies do when the app cannot take them', async () => {
    desk = await CommandDesk.start(place, {
      options: { replies: { snippets: SNIPPETS, attempts: 1 } },
    });
    desk.desk.replies.before = () => Promise.reject(new Error('The shop is away'));
    const notice = await open('t1');
    desk.write(notice, '/s hello');
    await desk.shows('Press Retry to try again.');
    // It becomes one after its note is on the way.
    await vi.waitFor(
      async () =>
        expect(await desk.desk.telegram.deadLetters.list()).toMatchObject([
          { direction: 'inbound', threadId: 't1' },
        ]),
      20_000,
    );
  });
});

describe('Without prepared answers', () => {
  it('/s says so, and is not offered', async () => {
    const desk = await CommandDesk.start(['memory', 'topics']);
    const notice = await desk.open();
    const answer = await desk.answerTo(desk.write(notice, '/s'));
    expect(wordsOf(answer)).toBe('ℹ️ The app has no prepared answers.');
    expect(wordsOf(await desk.answerTo(desk.write(notice, '/help')))).not.toContain('/s ');
    await desk.stop();
  });
});

import { Injectable } from '@nestjs/common';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DescribeThread, type ContextField } from '../../src/index.js';
import { ThreadStateRepository } from '../../src/threads/thread-state.repository.js';
import { COMMAND_DESKS, CommandDesk, wordsOf } from '../agents/command-desk.js';
import { Transcripts } from '../history/transcripts.js';
import { ReplyLog } from '../support/reply-log.js';
import { EventLog } from '../support/topic-desk.js';
import { storedOf } from './stored-data.js';

const CARD = '4242 4242 4242 4242';
const EMAIL = 'carl@example.com';
const PHONE = '+49 170 1234521';
const SECRETS = [CARD, CARD.replaceAll(' ', ''), 'carl@', '1234521', 'CU-12345'];

const ALL = `My card ${CARD}, ${EMAIL}, ${PHONE}, CU-12345`;
const MASKED = 'My card •••• 4242, c•••@example.com, +49 ••• 21, CU-•••';

const privacy = {
  mask: [
    'cards',
    'emails',
    'phones',
    { name: 'customer', pattern: /CU-\d+/, shown: 'CU-•••' },
  ] as const,
};

/** What the app says of threads. */
const FIELDS = [{ label: `Card ${CARD}`, text: ALL }];

@Injectable()
class Describer {
  @DescribeThread()
  describe(): readonly ContextField[] {
    return FIELDS;
  }
}

describe.each(COMMAND_DESKS)('What customers write, with data in %s and %s,', (...place) => {
  let commands: CommandDesk;
  afterEach(() => commands.stop());

  const telegram = () => commands.desk.telegram;

  async function start(options = {}, providers: Array<new () => object> = []): Promise<void> {
    commands = await CommandDesk.start(place, {
      providers: [ReplyLog, EventLog, Transcripts, ...providers],
      options: { privacy, ...options },
    });
  }

  const open = () =>
    telegram().notifyNewThread({
      threadId: 't1',
      messageId: 'm1',
      subject: `Refund for ${CARD}`,
      customer: { id: EMAIL, name: `Carl ${PHONE}`, email: EMAIL },
      text: ALL,
    });

  const shows = (text: string) =>
    commands.desk.chat.waitForMessage((message) => shownText(message).includes(text), 20_000);

  const record = () => {
    const threads = commands.desk.app.get(ThreadStateRepository, { strict: false });
    return threads.find('t1');
  };

  const subject = async () => (await record())?.subject;

  const notices = () => readable(commands.desk.notices.join('\n'));

  /** Nothing of it is in Telegram, in the log or in Redis. */
  async function expectNoSecret(): Promise<void> {
    const { desk } = commands;
    const places = {
      calls: JSON.stringify(desk.calls.map(({ method, params }) => ({ method, params }))),
      log: JSON.stringify(desk.log.lines),
      stored: JSON.stringify(await storedOf(desk.emulator.bot.token)),
    };
    for (const secret of SECRETS) {
      for (const [name, text] of Object.entries(places)) {
        expect(text.includes(secret), `${secret} in ${name}`).toBe(false);
      }
    }
  }

  it('is masked in the notices of messages, and where the thread is named', async () => {
    await start();
    await open();
    const notice = await shows(MASKED);
    expect(wordsOf(notice)).toContain('Carl +49 ••• 21');
    expect(wordsOf(notice)).toContain('c•••');
    await telegram().notifyUserMessage({ threadId: 't1', text: `Again ${CARD}` });
    await shows('Again •••• 4242');
    expect(await subject()).toBe('Refund for •••• 4242');
    await telegram().updateThread({ threadId: 't1', subject: ALL, customer: { name: EMAIL } });
    await vi.waitFor(async () => expect(await subject()).toBe(MASKED), 20_000);
    await expectNoSecret();
  });

  const fields = [{ label: 'Card •••• 4242', text: MASKED }];
  const keepsFields = () =>
    vi.waitFor(async () => expect((await record())?.context).toEqual(fields), 20_000);

  it('is masked in what the app says of the thread with a message, and later', async () => {
    await start();
    await telegram().notifyNewThread({ threadId: 't1', text: 'Hello', context: FIELDS });
    await shows(MASKED);
    await keepsFields();
    await telegram().updateThread({
      threadId: 't1',
      context: [...FIELDS, { label: 'Plan', text: PHONE }],
    });
    fields.push({ label: 'Plan', text: '+49 ••• 21' });
    await keepsFields();
    fields.pop();
    expect(notices()).not.toContain(PHONE);
    await expectNoSecret();
  });

  it('is masked in what the app says of the thread when it is asked', async () => {
    await start({}, [Describer]);
    await telegram().notifyNewThread({ threadId: 't1', text: 'Hello' });
    const notice = await shows(MASKED);
    await keepsFields();
    commands.write(notice, '/refresh');
    await vi.waitFor(() => expect(notices()).toContain(MASKED), 20_000);
    await keepsFields();
    await expectNoSecret();
  });

  it('is masked in edits, ratings and the names of files', async () => {
    await start();
    await open();
    await shows(MASKED);
    await telegram().notifyMessageEdited({ threadId: 't1', messageId: 'm1', text: `No, ${ALL}` });
    await vi.waitFor(() => expect(notices()).toContain(`No, ${MASKED}`), 20_000);
    await telegram().notifyRating({ threadId: 't1', rating: 2, comment: ALL });
    await shows(MASKED);
    await telegram().notifyUserMessage({
      threadId: 't1',
      text: '',
      attachments: [{ data: Buffer.from('x'), name: `${EMAIL} CU-12345.txt` }],
    });
    const file = await commands.desk.chat.waitForMessage(
      ({ document }) => document !== undefined,
      20_000,
    );
    expect(file.document?.file_name).toBe('c•••@example.com CU-•••.txt');
    await expectNoSecret();
  });

  it('is masked in what was said before', async () => {
    await start();
    await open();
    const notice = await shows(MASKED);
    const transcripts = commands.desk.app.get(Transcripts, { strict: false });
    // The cut of a long text would leave the digits before it.
    const long = `${'x'.repeat(4_085)} ${CARD}`;
    transcripts.add('t1', { name: EMAIL, text: long });
    transcripts.add('t1', { name: `Agent ${PHONE}`, text: `Yes, ${ALL}` });
    commands.write(notice, '/history');
    await shows(`Yes, ${MASKED}`);
    await expectNoSecret();
    expect(JSON.stringify(commands.desk.calls)).not.toContain('4242 4242');
  });

  it('is masked in what a handler throws: in Telegram, in the log, and in the dead letter', async () => {
    await start({ replies: { attempts: 1 } });
    await open();
    const notice = await shows(MASKED);
    commands.desk.replies.before = () => {
      throw new Error(`No row for ${ALL}`);
    };
    commands.write(notice, 'Hello');
    await shows(`No row for ${MASKED}`);
    // It becomes one after its note is on the way.
    await vi.waitFor(async () => {
      const letters = await telegram().deadLetters.list();
      expect(letters.map(({ reason }) => readable(reason))).toEqual([`No row for ${MASKED}`]);
    }, 20_000);
    await expectNoSecret();
  });

  it('is never cut within a mask', async () => {
    await start();
    const numbers = Array.from({ length: 500 }, () => CARD).join(',\u00a0');
    await telegram().notifyUserMessage({ threadId: 't2', text: numbers });
    await vi.waitFor(() => {
      const masks = commands.desk.notices.flatMap((text) => text.match(/•••• 4242/g) ?? []);
      expect(masks).toHaveLength(500);
    }, 20_000);
    await expectNoSecret();
  });

  it('is as it is without the option', async () => {
    await start({ privacy: {} });
    await open();
    expect(wordsOf(await shows(ALL))).toContain(EMAIL);
  });
});

function shownText({ text = '', caption = '' }: { text?: string; caption?: string }): string {
  return readable(text + caption);
}

/** What mentions nobody and is no link has look-alikes of some characters. */
function readable(text: string): string {
  return text.replaceAll('\uff20', '@').replaceAll('\u2024', '.');
}

import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ThreadMappingRepository } from '../../src/index.js';
import { ReplyAuthors } from '../../src/inbound/reply-authors.js';
import { ThreadLayout } from '../../src/threads/thread-layout.js';
import { Gate } from '../support/gate.js';
import { ReplyLog } from '../support/reply-log.js';
import { RevisionDesk } from '../support/revision-desk.js';

const SLOW = { timeout: 20_000 };

describe.each(['memory', 'Redis'] as const)('A reply that its agent deletes, in %s,', (place) => {
  let desk: RevisionDesk;
  afterEach(() => desk.desk.stop());

  const ada = () => desk.desk.chat.agent('Ada', { status: 'administrator' });
  const letters = () => desk.desk.telegram.deadLetters.list();
  const reactionsOn = (id: number) => desk.desk.chat.reactionsOn(id);
  const shows = (id: number, emoji: string) =>
    vi.waitFor(() => expect(reactionsOn(id)).toContain(emoji), SLOW);

  async function replied(text = 'Hello') {
    const reply = ada().reply(desk.notice, text);
    await shows(reply.message_id, '👍');
    return reply;
  }

  it.each(['/del', '/DEL please', '/del@testbot'])('by %s is deleted by the app', async (given) => {
    desk = await RevisionDesk.start(place);
    const reply = await replied();
    const { username } = await desk.desk.telegram.api.call('getMe');
    ada().reply(reply, given.replace('testbot', username ?? ''));
    await desk.took('Hello', `🗑 ${reply.message_id}`);
    await shows(reply.message_id, '🙈');
    expect(desk.log.deletions[0]).toEqual({
      threadId: 't1',
      desk: 'default',
      agent: expect.objectContaining({ name: 'Ada', anonymous: false }),
      message: { chatId: desk.desk.chat.id, messageId: reply.message_id },
      at: expect.any(Date),
    });
    ada().reply(reply, '/del');
    await desk.words('was deleted before');
    ada().edit(reply, 'Hello?');
    await desk.words('you have deleted this reply');
    await desk.took('Hello', `🗑 ${reply.message_id}`);
  });

  it('by 🙈 is deleted by the app, and that is no reaction', async () => {
    desk = await RevisionDesk.start(place);
    const reply = await replied();
    ada().react(reply, '🙈');
    await desk.took('Hello', `🗑 ${reply.message_id}`);
    await shows(reply.message_id, '🙈');
    expect(desk.log.reactions).toEqual([]);
  });

  it.each(['its thread', 'its author'])('by 🙈 before %s was there is deleted', async (missing) => {
    desk = await RevisionDesk.start(place);
    const { app } = desk.desk;
    const reply = await replied();
    // As it was read just before the reply came, which has had its turn meanwhile.
    if (missing === 'its author') {
      vi.spyOn(app.get(ReplyAuthors, { strict: false }), 'find').mockResolvedValueOnce(null);
    } else {
      vi.spyOn(app.get(ThreadLayout, { strict: false }), 'resolve').mockResolvedValueOnce(null);
    }
    ada().react(reply, '🙈');
    await desk.took('Hello', `🗑 ${reply.message_id}`);
    await shows(reply.message_id, '🙈');
    expect(desk.log.deletions).toHaveLength(1);
  });

  it('by 🙈 of somebody else, or on a notice, stays', async () => {
    desk = await RevisionDesk.start(place);
    const reply = await replied();
    desk.desk.chat.agent('Grace').react(reply, '🙈');
    ada().react(desk.notice, '🙈');
    await replied('Bye');
    await desk.took('Hello', 'Bye');
    expect(reactionsOn(reply.message_id)).toEqual(['👍']);
  });

  it('anonymously is deleted by whoever is anonymous', async () => {
    desk = await RevisionDesk.start(place);
    const lead = ada().anonymously('Lead');
    const reply = lead.reply(desk.notice, 'Hello');
    await desk.took('Hello');
    lead.reply(reply, '/del');
    await desk.took('Hello', `🗑 ${reply.message_id}`);
    expect(desk.log.deletions[0]?.agent).toMatchObject({ name: 'Lead', anonymous: true });
  });

  it('stays when it is none of theirs, no reply or a notice, and the agent learns why', async () => {
    desk = await RevisionDesk.start(place);
    const reply = await replied();
    const remark = ada().reply(reply, 'Done');
    desk.desk.chat.agent('Grace').reply(reply, '/del');
    await desk.words('only replies of your own');
    ada().reply(desk.notice, '/del');
    await desk.words('a message of the bot');
    ada().write('/del');
    await desk.words('reply with /del to the message');
    ada().reply(remark, '/del');
    ada().reply(remark, '/del');
    await desk.words('not known as a reply');
    await vi.waitFor(
      () => expect(desk.desk.notices.filter((text) => text.includes('not known'))).toHaveLength(2),
      SLOW,
    );
    await desk.took('Hello');
  });

  it('is confirmed in words where the chat forbids the reaction', async () => {
    desk = await RevisionDesk.start(place);
    desk.desk.chat.allowReactions(['👍']);
    const reply = await replied();
    ada().reply(reply, '/del');
    const words = await desk.words('Deleted: the customer no longer');
    expect(words.reply_to_message?.message_id).toBe(reply.message_id);
    expect(reactionsOn(reply.message_id)).toEqual([]);
  });

  it('is confirmed in words where the desk sets no reaction for it', async () => {
    const options = { reactions: { deleted: false } } as const;
    desk = await RevisionDesk.start(place, { options });
    const reply = await replied();
    ada().reply(reply, '/del');
    await desk.words('Deleted: the customer no longer');
    expect(reactionsOn(reply.message_id)).toEqual([]);
  });

  it('stays when the message is edited into the command, and the agent learns it each time', async () => {
    desk = await RevisionDesk.start(place);
    const reply = await replied();
    const note = ada().reply(desk.notice, '// internal');
    const talk = ada().reply(reply, 'Done');
    for (const message of [reply, note, talk, reply]) ada().edit(message, '/del');
    ada().edit(talk, '/del@other_bot');
    const words = () =>
      desk.desk.notices.filter((text) => text.includes('an edit deletes nothing'));
    await vi.waitFor(() => expect(words()).toHaveLength(3), SLOW);
    ada().edit(reply, 'Hello you');
    await desk.took('Hello', '✏ Hello you');
    ada().edit(reply, '/del');
    await vi.waitFor(() => expect(words()).toHaveLength(4), SLOW);
    await desk.desk.emulator.idle();
    expect(words()).toHaveLength(4);
    await desk.took('Hello', '✏ Hello you');
  });

  it('stays when it is no longer known, and the agent learns it', async () => {
    desk = await RevisionDesk.start(place, { options: { mappingTtlSeconds: 1 } });
    const reply = await replied();
    const mappings = desk.desk.app.get(ThreadMappingRepository, { strict: false });
    const message = { chatId: desk.desk.chat.id, messageId: reply.message_id };
    // Finding one renews its life, so it is looked for less often than that.
    await vi.waitFor(async () => expect(await mappings.find(message)).toBeNull(), {
      timeout: 20_000,
      interval: 1_500,
    });
    ada().reply(reply, '/del');
    await desk.words('not known as a reply');
    await desk.took('Hello');
  });

  it('stays when the app deletes none, and the agent learns it', async () => {
    desk = await RevisionDesk.start(place, { providers: [ReplyLog] });
    const reply = await replied();
    ada().reply(reply, '/del');
    await desk.words('the app does not delete replies');
    expect(reactionsOn(reply.message_id)).toEqual(['👍']);
    expect(await letters()).toEqual([]);
  });

  it('makes a dead letter when the handler fails, and can be deleted again', async () => {
    desk = await RevisionDesk.start(place, { options: { replies: { attempts: 1 } } });
    const reply = await replied();
    desk.log.before = () => {
      throw new Error('no database');
    };
    ada().reply(reply, '/del');
    await desk.words('still sees this reply: no database');
    await vi.waitFor(async () => expect(await letters()).toHaveLength(1), SLOW);
    expect((await letters())[0]).toMatchObject({ threadId: 't1', text: '', reason: 'no database' });
    expect(desk.desk.log.with('error', 'The deletion of a reply in thread t1')).toHaveLength(1);
    desk.log.before = () => undefined;
    ada().reply(reply, '/del');
    await shows(reply.message_id, '🙈');
    await desk.took('Hello', `🗑 ${reply.message_id}`);
  });
});

describe.each(['memory', 'Redis'] as const)('A dead letter of a deletion, in %s,', (place) => {
  let desk: RevisionDesk;
  afterEach(() => desk.desk.stop());

  const ada = () => desk.desk.chat.agent('Ada', { status: 'administrator' });
  const letters = () => desk.desk.telegram.deadLetters.list();

  /** Two replies of which the app can delete none at first. */
  async function undeleted() {
    desk = await RevisionDesk.start(place, { options: { replies: { attempts: 1 } } });
    const replies = ['one', 'two'].map((text) => ada().reply(desk.notice, text));
    await desk.took('one', 'two');
    desk.log.before = (line) => {
      if (line.startsWith('🗑')) throw new Error('no database');
    };
    for (const reply of replies) ada().reply(reply, '/del');
    await vi.waitFor(async () => expect(await letters()).toHaveLength(2), SLOW);
    desk.log.before = () => undefined;
    return replies;
  }

  it('that is retried deletes what was edited since, and what was deleted since only once', async () => {
    const [one, two] = await undeleted();
    if (!one || !two) throw new Error('There are no replies');
    ada().edit(one, 'uno');
    ada().reply(two, '/del');
    await desk.took('one', 'two', '✏ uno', `🗑 ${two.message_id}`);
    const found = await letters();
    await Promise.all(found.map(({ id }) => desk.desk.telegram.deadLetters.retry(id)));
    await desk.took('one', 'two', '✏ uno', `🗑 ${two.message_id}`, `🗑 ${one.message_id}`);
    for (const { message_id: id } of [one, two]) {
      await desk.desk.chat.waitForReactionsToBe(id, ['🙈'], 20_000);
    }
    expect(await letters()).toEqual([]);
  });
});

describe.each(['memory', 'Redis'] as const)('In a private chat as desk, in %s,', (place) => {
  it('an agent edits a reply and deletes it', async () => {
    const desk = await RevisionDesk.start(place, {
      chat: (emulator) => emulator.createPrivateChat('Ada'),
    });
    onTestFinished(() => desk.desk.stop());
    const ada = desk.desk.chat.agent('Ada');
    const reply = ada.reply(desk.notice, 'Helo');
    await desk.took('Helo');
    ada.edit(reply, 'Hello');
    await desk.took('Helo', '✏ Hello');
    ada.reply(reply, '/del');
    await desk.took('Helo', '✏ Hello', `🗑 ${reply.message_id}`);
    await desk.desk.chat.waitForReactionsToBe(reply.message_id, ['🙈'], 20_000);
    const command = ada.write('/del');
    const words = await desk.words('reply with /del to the message');
    expect(words.reply_to_message?.message_id).toBe(command.message_id);
  });
});

/** In memory, Telegram delivers the deletion only once the reply is handled. */
describe('A reply in Redis that its agent deletes', () => {
  let desk: RevisionDesk;
  afterEach(() => desk.desk.stop());

  const ada = () => desk.desk.chat.agent('Ada', { status: 'administrator' });
  const letters = () => desk.desk.telegram.deadLetters.list();
  const shows = (id: number, emoji: string) =>
    vi.waitFor(() => expect(desk.desk.chat.reactionsOn(id)).toContain(emoji), SLOW);

  it('before the app has handled it never reaches the app', async () => {
    const gate = new Gate();
    desk = await RevisionDesk.start('Redis');
    desk.log.before = (line) => (line === 'first' ? gate.pass() : undefined);
    ada().reply(desk.notice, 'first');
    const reply = ada().reply(desk.notice, 'secret');
    ada().edit(reply, 'secrets');
    const other = ada().reply(desk.notice, 'secret, too');
    ada().reply(reply, '/del');
    ada().react(other, '🙈');
    await desk.desk.emulator.idle();
    gate.open();
    await shows(reply.message_id, '🙈');
    await shows(other.message_id, '🙈');
    await shows(ada().reply(desk.notice, 'last').message_id, '👍');
    await desk.took('first', 'last');
    expect(await letters()).toEqual([]);
  });
});

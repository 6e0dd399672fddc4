import { describe, expect, it, vi } from 'vitest';
import type { Message } from '../../src/testing/index.js';
import { RevisionLog } from '../support/revision-log.js';
import { ThreadStateRepository } from '../../src/threads/thread-state.repository.js';
import { PLACES, startDesks, type SeveralDesks } from './several-desks.js';

const RATE = { rateLimit: { messages: 99, windowMs: 1_000 } };
const SLOW = { timeout: 20_000 };
const THREAD = { threadId: 'b1', text: 'My invoice', messageId: 'm1', desk: 'billing' };

/** A notice of the desk `billing`, as soon as its thread is known by it. */
async function openThread(desks: SeveralDesks): Promise<Message> {
  await desks.desk.telegram.notifyNewThread(THREAD);
  const notice = await desks.notice('billing', 'invoice');
  const threads = desks.desk.app.get(ThreadStateRepository, { strict: false });
  await vi.waitFor(async () => expect((await threads.find('b1'))?.card).toBeDefined(), SLOW);
  return notice;
}

describe.each(PLACES)('An answer in the chat of another desk, with data in %s,', (place) => {
  it('goes the way of the desk whose notice it answers', async () => {
    const desks = await startDesks(place);
    const { replies } = desks.desk;
    const notice = await openThread(desks);
    const reply = desks.chat('default').agent('Ada').replyFromElsewhere(notice, 'Paid');
    const reaction = await desks.chat('default').waitForReaction(reply.message_id, 20_000);
    expect(reaction).toEqual(['👍']);
    const target = { desk: 'billing', threadId: 'b1', replyTo: { messageId: 'm1' } };
    expect(replies.replies).toMatchObject([{ ...target, text: 'Paid' }]);
    expect(desks.log).toMatchObject({ billing: ['billing: Paid'], main: [] });
  });

  it('is taken from the agents of that desk, and from no others', async () => {
    const desks = await startDesks(
      place,
      { billing: { agents: [501] } },
      { options: { ...RATE, agents: [502] } },
    );
    const { replies } = desks.desk;
    const notice = await openThread(desks);
    const chat = desks.chat('default');
    const refused = chat.agent('Ada', { id: 502 }).replyFromElsewhere(notice, 'No');
    const hint = await desks.notice('default', 'registered agents');
    expect(hint.reply_to_message?.message_id).toBe(refused.message_id);
    chat.agent('Eve', { id: 501 }).replyFromElsewhere(notice, 'Paid');
    await vi.waitFor(
      () => expect(replies.replies).toMatchObject([{ desk: 'billing', text: 'Paid' }]),
      SLOW,
    );
  });

  it('brings its hints where the agent has written', async () => {
    const desks = await startDesks(place, { billing: {} }, { options: RATE });
    const { emulator } = desks.desk;
    const notice = await openThread(desks);
    const ada = desks.chat('default').agent('Ada');
    const command = ada.replyFromElsewhere(notice, '/refund 12');
    const hint = await desks.notice('default', 'nothing that begins with /');
    expect(hint.reply_to_message?.message_id).toBe(command.message_id);
    const note = ada.replyFromElsewhere(notice, '// hm');
    const reply = ada.replyFromElsewhere(notice, 'Paid');
    await desks.chat('default').waitForReaction(reply.message_id, 20_000);
    // Not visible, as when Telegram adds a preview.
    ada.edit(reply, 'Paid');
    ada.edit(note, '// hmm');
    await emulator.idle();
    ada.edit(reply, 'Paid today');
    const edited = await desks.notice('default', 'still sees your first text');
    expect(edited.reply_to_message?.message_id).toBe(reply.message_id);
    expect(desks.notices('default').filter((text) => text.includes('first text'))).toHaveLength(1);
    expect(desks.notices('billing')).toHaveLength(1);
  });

  it('is edited, deleted and reacted to at the desk whose notice it answers', async () => {
    const desks = await startDesks(
      place,
      { billing: { agents: [501] } },
      { options: { ...RATE, agents: [502] }, providers: [RevisionLog] },
    );
    const log = desks.desk.app.get(RevisionLog);
    const notice = await openThread(desks);
    const chat = desks.chat('default');
    const ada = chat.agent('Ada', { id: 501, status: 'administrator' });
    const [one, two] = ['one', 'two'].map((text) => ada.replyFromElsewhere(notice, text));
    if (!one || !two) throw new Error('There are no replies');
    for (const { message_id: id } of [one, two]) await chat.waitForReaction(id, 20_000);
    ada.edit(one, 'uno');
    ada.react(one, '🔥');
    // Of no agent of this desk.
    chat.agent('Eve', { id: 502, status: 'administrator' }).react(one, '🎉');
    await vi.waitFor(() => expect([log.edits, log.reactions].flat()).toHaveLength(2), SLOW);
    ada.reply(one, '/del');
    await chat.waitForReactionsToBe(one.message_id, ['🙈'], 20_000);
    ada.react(two, '🙈');
    await chat.waitForReactionsToBe(two.message_id, ['🙈'], 20_000);
    const at = ({ message_id: messageId }: Message) => ({
      desk: 'billing',
      threadId: 'b1',
      message: { chatId: chat.id, messageId },
    });
    expect(log.edits).toMatchObject([{ ...at(one), text: 'uno' }]);
    expect(log.reactions).toMatchObject([{ ...at(one), added: ['🔥'] }]);
    expect(log.deletions).toMatchObject([at(one), at(two)]);
  });
});

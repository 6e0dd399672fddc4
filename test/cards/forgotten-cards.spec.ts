import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ShownNotices } from '../../src/outbound/shown/shown-notices.js';
import { COMMAND_DESKS, type CommandPlace } from '../agents/command-desk.js';
import { CardDesk } from './card-desk.js';

const WAITING = '⏳ Waiting for an answer: TIME';

describe.each<CommandPlace>([...COMMAND_DESKS])('A card, with data in %s and %s,', (...place) => {
  let desk: CardDesk;
  beforeEach(async () => {
    desk = await CardDesk.start(place);
  });
  afterEach(() => desk.stop());

  it('gets other buttons alone when its words are not known any more', async () => {
    await desk.open({ subject: 'Parcel' });
    const shown = desk.desk.app.get(ShownNotices, { strict: false });
    await desk.until(async () => (await shown.list('t1')).length > 0);
    // As after 48 hours.
    await shown.forget('t1');
    await desk.desk.telegram.closeThread({ threadId: 't1' });
    await desk.until(() => desk.labels.includes('🔄 Reopen'));
    expect(desk.lines).toEqual(['🆕 Parcel', WAITING, '', 'Help']);
  });

  it('is left alone when it was deleted, and so is what comes later', async () => {
    const card = await desk.open({ subject: 'Parcel' });
    const { api } = desk.desk.telegram;
    await api.call('deleteMessage', { chat_id: card.chat.id, message_id: card.message_id });
    await desk.desk.telegram.closeThread({ threadId: 't1' });
    await desk.until(async () => (await desk.record())?.card === undefined);
    const before = desk.edits;
    await desk.desk.telegram.notifyUserMessage({ threadId: 't1', text: 'More' });
    await desk.commands.shows('More');
    expect(desk.edits).toBe(before);
    expect(await desk.desk.telegram.deadLetters.count()).toBe(0);
  });

  it('is changed no more when the thread has another one', async () => {
    const first = await desk.open({ subject: 'Parcel' });
    await desk.desk.telegram.notifyNewThread({ threadId: 't1', subject: 'Refund', text: 'Again' });
    const second = await desk.commands.shows('Again');
    await desk.until(async () => (await desk.record())?.card?.messageId === second.message_id);
    await desk.desk.telegram.closeThread({ threadId: 't1' });
    const now = (id: number) =>
      desk.desk.chat.messages.find(({ message_id: messageId }) => messageId === id)?.text ?? '';
    await desk.until(() => now(second.message_id).includes('✅ Closed'));
    expect(now(first.message_id)).not.toContain('Closed');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMAND_DESKS, type CommandPlace } from '../agents/command-desk.js';
import { CardDesk } from './card-desk.js';

const WAITING = '⏳ Waiting for an answer: TIME';

describe.each<CommandPlace>([...COMMAND_DESKS])('A card, with data in %s and %s,', (...place) => {
  let desk: CardDesk;
  beforeEach(async () => {
    desk = await CardDesk.start(place);
  });
  afterEach(() => desk.stop());

  const telegram = () => desk.desk.telegram;

  it('shows what is known of the thread, in one message with the first text', async () => {
    const card = await desk.open({
      subject: 'Parcel',
      customer: { name: 'Carl' },
      url: 'https://app.example/t1',
      context: [
        { label: 'Plan', text: 'Pro' },
        { label: 'Orders', text: 3, url: 'https://app.example/orders' },
        { label: 'Order', text: 'A-1', copy: true },
        { label: 'Since', text: new Date('2020-01-01T00:00:00Z') },
      ],
    });
    expect(desk.lines).toEqual([
      '🆕 Parcel',
      '👤 Carl',
      '🔗 Open the thread',
      'Plan: Pro',
      'Orders: 3',
      'Order: A-1',
      'Since: TIME',
      WAITING,
      '',
      'Help',
    ]);
    const { waitingSinceMs = 0 } = (await desk.record()) ?? {};
    const entities = card.entities ?? [];
    expect(entities.filter(({ type }) => type === 'date_time')).toMatchObject([
      { unix_time: 1_577_836_800, date_time_format: 'r' },
      { unix_time: Math.floor(waitingSinceMs / 1000), date_time_format: 'r' },
    ]);
    expect(entities).toContainEqual(expect.objectContaining({ url: 'https://app.example/orders' }));
    expect(entities.filter(({ type }) => type === 'code')).toHaveLength(1);
    expect(desk.describer.requests).toEqual([]);
    expect(desk.posted).toHaveLength(1);
    expect(desk.edits).toBe(0);
  });

  it('shows that an agent has answered and that the thread is closed, and keeps the first text', async () => {
    const card = await desk.open({ subject: 'Parcel' });
    expect(desk.labels).toContain('✅ Close');
    desk.commands.write(card, 'Soon');
    await desk.shows(['🆕 Parcel', '✋ Ada', '', 'Help']);
    await telegram().closeThread({ threadId: 't1' });
    await desk.shows(['🆕 Parcel', '✅ Closed', '✋ Ada', '', 'Help']);
    await desk.until(() => desk.labels.includes('🔄 Reopen'));
    await telegram().notifyUserMessage({ threadId: 't1', text: 'Thanks' });
    await desk.shows(['🆕 Parcel', WAITING, '', 'Help']);
    expect(desk.labels).toContain('✅ Close');
    expect(desk.edits).toBe(3);
  });

  it('shows what the app says anew, and nothing twice', async () => {
    await desk.open({ subject: 'Parcel', customer: { name: 'Carl', email: 'carl@example.com' } });
    const context = [{ label: 'Plan', text: 'Pro' }];
    await telegram().updateThread({ threadId: 't1', context });
    await desk.shows(['🆕 Parcel', '👤 Carl · carl@example.com', 'Plan: Pro', WAITING, '', 'Help']);
    await telegram().updateThread({ threadId: 't1', subject: 'Refund', customer: { name: 'Eve' } });
    await desk.shows(['🆕 Refund', '👤 Eve', 'Plan: Pro', WAITING, '', 'Help']);
    await telegram().updateThread({ threadId: 't1', context: [] });
    await desk.shows(['🆕 Refund', '👤 Eve', WAITING, '', 'Help']);
    const before = desk.edits;
    // What is changed back is not shown, so none may be carried out before all are there.
    const gate = await desk.hold();
    await telegram().updateThread({ threadId: 't1', subject: 'Return' });
    await telegram().updateThread({ threadId: 't1', subject: 'Refund' });
    await telegram().updateThread({ threadId: 't1', context });
    gate.open();
    await desk.shows(['🆕 Refund', '👤 Eve', 'Plan: Pro', WAITING, '', 'Help']);
    expect(desk.edits).toBe(before + 1);
  });

  it('keeps what customers have made of their text', async () => {
    await desk.open({ subject: 'Parcel' });
    await telegram().notifyMessageEdited({ threadId: 't1', messageId: 'm1', text: 'Help me' });
    await desk.shows(['🆕 Parcel (edited)', WAITING, '', 'Help me']);
    await telegram().closeThread({ threadId: 't1' });
    await desk.shows(['🆕 Parcel (edited)', '✅ Closed', '', 'Help me']);
    await telegram().notifyMessageDeleted({ threadId: 't1', messageId: 'm1' });
    await desk.shows(['🆕 Parcel (deleted by the customer)', '✅ Closed', '', 'Help me']);
    expect(desk.labels).toContain('🔄 Reopen');
    await telegram().reopenThread({ threadId: 't1' });
    await desk.shows(['🆕 Parcel (deleted by the customer)', '', 'Help me']);
    expect(desk.posted.filter((text) => text.includes('Help'))).toHaveLength(1);
  });

  it('shows the rating and the comment, besides the notice of them', async () => {
    await desk.open({ subject: 'Parcel' });
    await telegram().notifyRating({ threadId: 't1', rating: 4, comment: 'Good,\nthanks <b>' });
    await desk.shows(['🆕 Parcel', WAITING, '⭐ ★★★★☆ Good, thanks <b>', '', 'Help']);
    expect(desk.posted.at(-1)).toMatch(/rated the conversation: ★★★★☆/);
    await telegram().notifyRating({ threadId: 't1', rating: 5 });
    await desk.shows(['🆕 Parcel', WAITING, '⭐ ★★★★★', '', 'Help']);
  });

  it('takes no room from the first text, and posts no further message for what it shows', async () => {
    const context = Array.from({ length: 20 }, (_, index) => ({
      label: `Field ${index}`,
      text: 'x'.repeat(256),
    }));
    const text = `${'word '.repeat(780)}end`;
    await desk.open({ subject: 'Parcel', text, context });
    expect(desk.posted).toHaveLength(1);
    expect(desk.lines.at(-1)).toBe(text);
    await telegram().updateThread({ threadId: 't1', subject: 'Refund' });
    await desk.until(() => desk.lines[0] === '🆕 Refund');
    expect(desk.lines.at(-1)).toBe(text);
    expect(desk.posted).toHaveLength(1);
  });

  it('stands with a file, and is changed there', async () => {
    const attachments = [{ data: Buffer.from('text'), name: 'a.txt' }];
    const context = Array.from({ length: 20 }, () => ({ label: 'Field', text: 'x'.repeat(256) }));
    await desk.open({ subject: 'Parcel', attachments, context });
    expect(desk.card?.document).toBeDefined();
    expect(desk.card?.caption).toContain('Waiting');
    await telegram().closeThread({ threadId: 't1' });
    await desk.until(() => desk.card?.caption?.includes('✅ Closed') === true);
    expect(desk.card?.caption?.endsWith('Help')).toBe(true);
    expect(desk.labels).toContain('🔄 Reopen');
  });
});

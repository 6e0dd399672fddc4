import { describe, expect, it } from 'vitest';
import { PLACES, startDesks } from './several-desks.js';

const THREAD = { threadId: 't1', messageId: 'm1', text: 'Where?', customer: { name: 'Grace' } };

describe.each(PLACES)('What a customer does after a move, with data in %s,', (place) => {
  it('is told at the new desk, and leaves the notice of the former one as it is', async () => {
    const desks = await startDesks(place);
    const { telegram } = desks.desk;
    await telegram.notifyNewThread(THREAD);
    await desks.notice('default', 'Where?');
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    await telegram.notifyMessageEdited({ threadId: 't1', messageId: 'm1', text: 'Where now?' });
    await telegram.notifyUserMessage({ threadId: 't1', messageId: 'm2', text: 'More' });
    await telegram.notifyMessageDeleted({ threadId: 't1', messageId: 'm2' });
    await telegram.notifyReaction({ threadId: 't1', messageId: 'm1', emoji: '🧀' });
    await desks.notice('billing', 'reacted');
    const shown = desks.notices('billing').join('\n');
    expect(shown).toMatch(/Grace edited:\nWhere now\?[^]*deleted by the customer/);
    expect(desks.notices('default')[0]).not.toContain('now');
  });
});

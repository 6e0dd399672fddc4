import { describe, expect, it, vi } from 'vitest';
import { html, TelegramArgumentError } from '../../src/index.js';
import { PLACES, startDesks } from './several-desks.js';

describe.each(PLACES)('A bot with several desks in %s', (place) => {
  it('posts a thread at the desk that it names, and its further messages there too', async () => {
    const desks = await startDesks(place);
    const { telegram } = desks.desk;
    await telegram.notifyNewThread({ threadId: 'b1', text: 'My invoice', desk: 'billing' });
    await telegram.notifyUserMessage({ threadId: 'b1', text: 'Number 7' });
    await telegram.notifyNewThread({ threadId: 'd1', text: 'My parcel' });
    await telegram.notifyUserMessage({ threadId: 'd1', text: 'Parcel 9' });
    await Promise.all([desks.notice('billing', 'Number 7'), desks.notice('default', 'Parcel 9')]);
    expect(desks.notices('billing').join()).not.toContain('arcel');
    expect(desks.notices('default').join()).not.toMatch(/invoice|Number/);
  });

  it('takes the replies of both desks by one webhook, and says which desk they are from', async () => {
    const desks = await startDesks(place);
    const { telegram, replies, emulator } = desks.desk;
    await telegram.notifyNewThread({ threadId: 'b1', text: 'My invoice', desk: 'billing' });
    await telegram.notifyNewThread({ threadId: 'd1', text: 'My parcel' });
    desks
      .chat('billing')
      .agent('Bob')
      .reply(await desks.notice('billing', 'invoice'), 'Paid');
    desks
      .chat('default')
      .agent('Ada')
      .reply(await desks.notice('default', 'parcel'), 'Sent');
    await emulator.idle();
    await vi.waitFor(() => expect(replies.replies).toHaveLength(2), 20_000);
    const taken = replies.replies.map(({ desk, threadId, text }) => `${desk} ${threadId} ${text}`);
    expect(taken.toSorted()).toEqual(['billing b1 Paid', 'default d1 Sent']);
    await vi.waitFor(() => expect(desks.log).toMatchObject({ billing: ['billing: Paid'] }), 20_000);
    expect(desks.log).toMatchObject({ main: ['default: Sent'], otherBot: [] });
  });

  it('keeps a thread at its desk when another one is named', async () => {
    const desks = await startDesks(place, { billing: {}, returns: {} });
    const { telegram, log } = desks.desk;
    const thread = { threadId: 'b1', text: 'one', desk: 'billing' };
    await telegram.notifyNewThread(thread);
    await telegram.notifyNewThread({ ...thread, text: 'two', desk: 'returns' });
    await telegram.desk('returns').notifyUserMessage({ threadId: 'b1', text: 'three' });
    await desks.notice('billing', 'three');
    expect(desks.notices('billing').join()).toContain('two');
    expect(desks.notices('returns')).toEqual([]);
    expect(log.with('warn', 'Thread b1 is at the desk "billing"')).toHaveLength(1);
  });

  it('gives a thread that two desks claim at once to one of them', async () => {
    const desks = await startDesks(place, { billing: {}, returns: {} });
    const { telegram } = desks.desk;
    await Promise.all(
      ['billing', 'returns'].map((desk) =>
        telegram.notifyNewThread({ threadId: 'x', text: `for ${desk}`, desk }),
      ),
    );
    await vi.waitFor(
      () => expect([...desks.notices('billing'), ...desks.notices('returns')]).not.toEqual([]),
      20_000,
    );
    await telegram.notifyUserMessage({ threadId: 'x', text: 'last' });
    const owner = desks.notices('billing').length > 0 ? 'billing' : 'returns';
    await desks.notice(owner, 'last');
    expect(desks.notices(owner === 'billing' ? 'returns' : 'billing')).toEqual([]);
  });

  it('has the methods of one desk by its name', async () => {
    const desks = await startDesks(place);
    const billing = desks.desk.telegram.desk('billing');
    expect(billing.enabled).toBe(true);
    const id = await billing.sendMessage('The export is done');
    expect(desks.chat('billing').messages.at(-1)).toMatchObject({
      message_id: id,
      text: 'The export is done',
    });
    await billing.notifyNewThread({ threadId: 'b1', text: 'one' });
    await billing.notifyUserMessage({ threadId: 'b2', text: 'two' });
    await desks.desk.telegram.desk('default').notifyNewThread({ threadId: 'd1', text: 'three' });
    await Promise.all([
      desks.notice('billing', 'one'),
      desks.notice('billing', 'two'),
      desks.notice('default', 'three'),
    ]);
  });

  it('says which desks there are when a name is unknown', async () => {
    const { desk } = await startDesks(place);
    const unknown = { threadId: 't', text: 'x', desk: 'sales' };
    const calls: Array<() => Promise<unknown>> = [
      () => desk.telegram.notifyNewThread(unknown),
      () => Promise.resolve(desk.telegram.desk('sales')),
      () => Promise.resolve(desk.telegram.desk('__proto__')),
    ];
    for (const call of calls) {
      const failed = Promise.resolve().then(call);
      await expect(failed).rejects.toThrow(TelegramArgumentError);
      await expect(failed).rejects.toThrow('desk must be one of "default", "billing"');
    }
    const wrong = Object.assign({ threadId: 't', text: 'x' }, JSON.parse('{"desk":7}'));
    await expect(desk.telegram.notifyNewThread(wrong)).rejects.toThrow(/desk must be a string/);
  });

  it('lets only the agents of a desk answer there, and uses its templates', async () => {
    const desks = await startDesks(place, {
      billing: { agents: [4711], templates: { newThread: ({ text }) => html`€ ${text}` } },
    });
    const { telegram, replies, emulator } = desks.desk;
    await telegram.notifyNewThread({ threadId: 'b1', text: 'My invoice', desk: 'billing' });
    const notice = await desks.notice('billing', '€ My invoice');
    desks.chat('billing').agent('Eve').reply(notice, 'I am no agent');
    await emulator.idle();
    await vi.waitFor(() => expect(desks.notices('billing')).toHaveLength(2), 20_000);
    expect(replies.replies).toEqual([]);
  });

  it('lists the dead letters of all desks under ids that say the desk, and retries them there', async () => {
    const desks = await startDesks(
      place,
      { billing: {} },
      { options: { replies: { attempts: 1 } } },
    );
    const { telegram, replies, emulator } = desks.desk;
    replies.before = () => {
      throw new Error('no database');
    };
    for (const desk of ['billing', 'default']) {
      await telegram.notifyNewThread({ threadId: `t-${desk}`, text: `in ${desk}`, desk });
      const notice = await desks.notice(desk, `in ${desk}`);
      desks.chat(desk).agent('Ada').reply(notice, `to ${desk}`);
    }
    await emulator.idle();
    await vi.waitFor(async () => expect(await telegram.deadLetters.count()).toBe(2), 20_000);
    const letters = await telegram.deadLetters.list();
    const shown = letters.map(({ desk, id, text }) => `${desk} ${id.split(':')[0]} ${text}`);
    expect(shown.toSorted()).toEqual([
      'billing billing/inbound to billing',
      'default inbound to default',
    ]);
    await vi.waitFor(
      () => expect(desks.log.letters.map(({ desk }) => desk)).toEqual(['billing']),
      20_000,
    );
    const pages = [];
    for (
      let page = await telegram.deadLetters.list({ limit: 1 });
      page.length > 0;
      page = await telegram.deadLetters.list({ limit: 1, after: page[0] })
    ) {
      pages.push(page[0]?.id);
    }
    expect(new Set(pages)).toEqual(new Set(letters.map(({ id }) => id)));
    replies.before = () => undefined;
    for (const { id } of letters) expect(await telegram.deadLetters.retry(id)).toBe(true);
    await vi.waitFor(() => expect(replies.replies).toHaveLength(2), 20_000);
    expect(await telegram.deadLetters.discard('nowhere/inbound:1')).toBe(false);
    expect(await telegram.deadLetters.count()).toBe(0);
  });

  it('goes on at one desk while the bot is kicked from the chat of another', async () => {
    const desks = await startDesks(place);
    const { telegram } = desks.desk;
    desks.chat('billing').setBotStatus('kicked');
    await telegram.notifyNewThread({ threadId: 'b1', text: 'My invoice', desk: 'billing' });
    await telegram.notifyNewThread({ threadId: 'd1', text: 'My parcel' });
    await desks.notice('default', 'My parcel');
    expect(desks.notices('billing')).toEqual([]);
    desks.chat('billing').setBotStatus('member');
    await desks.notice('billing', 'My invoice');
  });

  it('posts at one desk while Telegram wants a pause of another', async () => {
    const desks = await startDesks(place);
    const { telegram, emulator } = desks.desk;
    desks.chat('billing').flood(8);
    await telegram.notifyNewThread({ threadId: 'b1', text: 'My invoice', desk: 'billing' });
    await vi.waitUntil(() => emulator.calls.some(({ status }) => status === 429), 20_000);
    await telegram.notifyNewThread({ threadId: 'd1', text: 'My parcel' });
    await desks.notice('default', 'My parcel');
    expect(await telegram.sendMessage('at once')).not.toBeNull();
    expect(await telegram.desk('billing').sendMessage('later')).toBeNull();
    expect(desks.notices('billing')).toEqual([]);
    await desks.notice('billing', 'My invoice');
  });

  it('posts nothing more after the app has closed, and what waits at each desk is named or kept', async () => {
    const desks = await startDesks(place);
    const { telegram, app, log } = desks.desk;
    for (const desk of ['billing', 'default']) desks.chat(desk).flood(60);
    for (const desk of ['billing', 'default']) {
      await telegram.notifyNewThread({ threadId: `t-${desk}`, text: 'Help', desk });
    }
    await app.close();
    const lost = log.with('error', 'unsent notices').map(({ text }) => text);
    expect(lost.join().includes('t-billing')).toBe(place === 'memory');
    expect(lost.join().includes('t-default')).toBe(place === 'memory');
    const late = await telegram.notifyNewThread({ threadId: 'z', text: 'z', desk: 'billing' });
    expect(late.accepted).toBe(false);
  });
});

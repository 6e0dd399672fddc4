import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BotApiParams } from '../../src/index.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';
import { SeveralDesks } from '../desks/several-desks.js';
import { checkOf, idsWith } from './diagnosed.js';

type UpdateTypes = NonNullable<BotApiParams<'setWebhook'>['allowed_updates']>;

const OTHER_URL = 'http://127.0.0.1:9/other/telegram/webhook?key=hidden-key';

describe('A diagnosis of how updates arrive', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  async function start(wanted: TestDeskOptions = {}): Promise<void> {
    desk = await TestDesk.start(wanted);
  }

  /** Telegram takes one registration a second. */
  async function setWebhook(url: string, types: UpdateTypes): Promise<void> {
    const params = { url, allowed_updates: types, secret_token: 'of-another' };
    await vi.waitFor(() => desk.telegram.api.call('setWebhook', params), 20_000);
  }

  it('fails when no webhook is registered', async () => {
    await start({ webhook: false });
    const diagnosis = await desk.telegram.diagnose();
    expect(idsWith(diagnosis, 'failed')).toEqual(['webhook']);
    expect(checkOf(diagnosis, 'webhook').remedy).toContain('registerWebhook()');
    expect(checkOf(diagnosis, 'webhook-delivery').status).toBe('skipped');
  });

  it('fails when another app has taken the webhook, of whose URL it shows no more than the origin', async () => {
    await start();
    await setWebhook(OTHER_URL, ['message']);
    const diagnosis = await desk.telegram.diagnose();
    expect(idsWith(diagnosis, 'failed')).toEqual(['webhook']);
    expect(checkOf(diagnosis, 'webhook')).toMatchObject({
      finding: `The webhook leads to http://127.0.0.1:9, and not to ${desk.webhookUrl}`,
      remedy: expect.stringContaining('a bot of its own'),
    });
    expect(JSON.stringify(diagnosis)).not.toMatch(/hidden-key|other\/telegram/);
  });

  it('fails when the webhook leads to another path of the app', async () => {
    await start();
    await setWebhook(`${desk.origin}/elsewhere`, ['message']);
    const { finding } = checkOf(await desk.telegram.diagnose(), 'webhook');
    expect(finding).toContain(`another path of ${desk.origin}`);
  });

  it('warns when the app has registered nothing and the webhook leads elsewhere', async () => {
    await start({ webhook: false });
    await setWebhook('http://127.0.0.1:9/elsewhere', ['message']);
    const diagnosis = await desk.telegram.diagnose();
    expect(checkOf(diagnosis, 'webhook').status).toBe('warning');
    await setWebhook('http://127.0.0.1:9/telegram/webhook', ['message']);
    expect(checkOf(await desk.telegram.diagnose(), 'webhook').status).toBe('ok');
  });

  it('fails when the webhook gets no messages, and warns when it lacks another type', async () => {
    await start();
    await setWebhook(desk.webhookUrl, ['callback_query']);
    const without = await desk.telegram.diagnose();
    expect(idsWith(without, 'failed')).toEqual(['webhook-updates']);
    expect(checkOf(without, 'webhook-updates').finding).toContain(
      'message, edited_message, channel_post, message_reaction, my_chat_member',
    );
    await setWebhook(desk.webhookUrl, ['message', 'edited_message', 'channel_post']);
    const few = await desk.telegram.diagnose();
    expect(idsWith(few, 'warning')).toEqual(['webhook-updates']);
    expect(few.ok).toBe(true);
  });

  it('only warns when the webhook was registered without types, since Telegram then delivers most of them', async () => {
    await start();
    await vi.waitFor(
      () => desk.telegram.api.call('setWebhook', { url: desk.webhookUrl, allowed_updates: [] }),
      20_000,
    );
    const check = checkOf(await desk.telegram.diagnose(), 'webhook-updates');
    expect(check).toMatchObject({
      status: 'warning',
      finding: 'The webhook was registered without message_reaction',
    });
  });

  it('fails when deliveries show another secret, and says so in one check', async () => {
    // An app that has registered the webhook itself would register it again.
    await start({ webhook: false });
    await setWebhook(desk.webhookUrl, ['message', 'edited_message', 'channel_post']);
    desk.chat.agent('Ada').write('Is anybody there?');
    await vi.waitFor(async () => {
      const diagnosis = await desk.telegram.diagnose();
      expect(idsWith(diagnosis, 'failed')).toEqual(['webhook-secret']);
      const check = checkOf(diagnosis, 'webhook-secret');
      expect(check.finding).toMatch(/401.*another secret/);
      expect(check.remedy).toContain('registerWebhook()');
      expect(checkOf(diagnosis, 'webhook-delivery').status).toBe('skipped');
      expect(JSON.stringify(diagnosis)).not.toMatch(/Is anybody|of-another/);
    }, 20_000);
  });

  it('warns when a setting of the app may keep updates out', async () => {
    await start({ extras: { webhook: false }, webhook: false });
    const check = checkOf(await desk.telegram.diagnose(), 'webhook-route');
    expect(check.status).toBe('warning');
    expect(check.finding).toContain('a controller has to extend TelegramWebhookController');
  });

  it('passes with polling, and fails while a webhook is registered', async () => {
    await start({ options: { updates: 'polling' }, webhook: false });
    await vi.waitFor(async () => {
      const { finding, status } = checkOf(await desk.telegram.diagnose(), 'polling');
      expect([status, finding]).toEqual(['ok', 'This process polls']);
    }, 20_000);
    expect((await desk.telegram.diagnose()).ok).toBe(true);
    expect(checkOf(await desk.telegram.diagnose(), 'webhook')).toMatchObject({
      status: 'skipped',
      finding: "The option updates is 'polling'",
    });
    await setWebhook(OTHER_URL, ['message']);
    const check = checkOf(await desk.telegram.diagnose(), 'polling');
    expect(check.status).toBe('failed');
    expect(check.finding).toContain('a webhook is registered at http://127.0.0.1:9; call');
  });

  it('says which other process polls when Telegram refuses to give updates to both', async () => {
    await start({ options: { updates: 'polling' }, webhook: false });
    const conflict = 'Conflict: terminated by other getUpdates request';
    const refused = { kind: 'error', errorCode: 409, description: conflict } as const;
    desk.emulator.failNext('getUpdates', refused, 1_000);
    desk.chat.agent('Ada').write('Hello');
    await vi.waitFor(async () => {
      const check = checkOf(await desk.telegram.diagnose(), 'polling');
      expect(check).toMatchObject({
        status: 'failed',
        remedy: expect.stringContaining('give it a bot of its own'),
      });
    }, 20_000);
  });

  it('leaves updates to others when they are off', async () => {
    await start({ options: { updates: 'off' }, webhook: false });
    const diagnosis = await desk.telegram.diagnose();
    expect(diagnosis.ok).toBe(true);
    expect(idsWith(diagnosis, 'skipped')).toEqual(
      expect.arrayContaining(['webhook', 'webhook-route', 'webhook-delivery', 'polling']),
    );
  });
});

it('Each desk of a bot has a diagnosis of its own', async () => {
  const several = await SeveralDesks.start('memory');
  const { telegram } = several.desk;
  several.chat('billing').setBotStatus('kicked');
  const billing = await telegram.desk('billing').diagnose();
  expect(billing.ok).toBe(false);
  expect(idsWith(billing, 'failed')).toEqual(['chat']);
  expect(checkOf(billing, 'options').finding).toContain('The desk "billing"');
  expect((await telegram.diagnose()).ok).toBe(true);
  expect((await telegram.desk('default').diagnose()).ok).toBe(true);
  await several.stop();
});

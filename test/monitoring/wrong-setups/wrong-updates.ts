import { Injectable } from '@nestjs/common';
import { vi } from 'vitest';
import { OnThreadReply, type BotApiParams } from '../../../src/index.js';
import { Gate } from '../../support/gate.js';
import { freePort } from '../../support/redis-server.js';
import { WRITTEN, type SetupWorld } from './setup-world.js';
import type { WrongSetup } from './wrong-setup.interface.js';

type UpdateTypes = NonNullable<BotApiParams<'setWebhook'>['allowed_updates']>;

const ALL_UPDATES: UpdateTypes = [
  'message',
  'edited_message',
  'channel_post',
  'message_reaction',
  'callback_query',
  'my_chat_member',
];

/** Starts the app as it is meant to be. */
const start = (world: SetupWorld): Promise<void> => world.startApp();

/** Registers a webhook by something else than the app, which Telegram takes once a second. */
async function register(
  world: SetupWorld,
  url: string,
  allowed_updates: UpdateTypes = ['message'],
): Promise<void> {
  const params = { url, allowed_updates, secret_token: 'of-somebody-else' };
  await vi.waitFor(() => world.call('setWebhook', params), 20_000);
}

/** A handler that waits for something else. */
@Injectable()
class SlowHandler {
  readonly gate = new Gate();

  @OnThreadReply()
  async take(): Promise<void> {
    await this.gate.pass();
  }
}

const registerAgain = (world: SetupWorld): Promise<unknown> => world.register();

/** Wrong on the way of updates to the app. */
export const WRONG_UPDATES: readonly WrongSetup[] = [
  {
    what: 'no webhook',
    id: 'webhook',
    status: 'failed',
    finding: /^No webhook is registered$/,
    remedy: /registerWebhook\(\)/,
    setUp: (world) => world.startApp({}, { webhook: false }),
    mend: registerAgain,
  },
  {
    what: 'the webhook of another app',
    id: 'webhook',
    status: 'failed',
    finding: /^The webhook leads to http:\/\/127\.0\.0\.1:9, and not to /,
    remedy: /registerWebhook\(\) to take the webhook over/,
    setUp: async (world) => {
      await world.startApp();
      await register(world, 'http://127.0.0.1:9/other');
    },
    mend: registerAgain,
  },
  {
    what: 'a webhook with another path',
    id: 'webhook',
    status: 'failed',
    finding: /^The webhook leads to another path of /,
    remedy: /registerWebhook\(\)/,
    setUp: async (world) => {
      await world.startApp();
      await register(world, `${world.desk.origin}/elsewhere`);
    },
    mend: registerAgain,
  },
  {
    what: 'an app without a controller for the webhook',
    id: 'webhook-route',
    status: 'warning',
    finding: /^No controller of this app receives Telegram's updates/,
    remedy: /^Extend TelegramWebhookController/,
    setUp: async (world) => {
      await world.startApp({}, { webhook: false, extras: { webhook: false } });
      await register(world, world.desk.webhookUrl, ALL_UPDATES);
    },
    mend: start,
  },
  {
    what: 'a webhook that gets no messages',
    id: 'webhook-updates',
    status: 'failed',
    finding: /^The webhook was registered without message, /,
    remedy: /^Call registerWebhook\(\)/,
    setUp: async (world) => {
      await world.startApp();
      await register(world, world.desk.webhookUrl, ['callback_query']);
    },
    mend: registerAgain,
  },
  {
    what: 'a webhook with the secret of another app',
    id: 'webhook-secret',
    status: 'failed',
    finding: /answered with 401: it sends another secret/,
    remedy: /^Call registerWebhook\(\)/,
    setUp: async (world) => {
      await world.startApp({}, { webhook: false });
      await register(world, world.desk.webhookUrl, ALL_UPDATES);
      world.chat.agent('Ada').write(WRITTEN);
      await refused(world);
    },
    mend: registerAgain,
  },
  {
    what: 'a webhook that was registered with a former secret',
    id: 'webhook-secret',
    status: 'warning',
    finding: /^The app has not registered this webhook with its present secret$/,
    remedy: /^Call registerWebhook\(\)/,
    setUp: async (world) => {
      const redis = (await world.startRedis()).url;
      const port = await freePort();
      await world.startApp({ redis, webhookSecret: 'former-secret-of-the-webhook' }, { port });
      await world.startApp({ redis }, { webhook: false, port });
    },
    mend: registerAgain,
  },
  {
    what: 'a proxy that does not reach the app',
    id: 'webhook-delivery',
    status: 'failed',
    finding: /^Telegram's last delivery failed: .*502.*updates are waiting/,
    remedy: /a proxy does not reach the app/,
    setUp: async (world) => {
      const proxy = await world.startBrokenProxy();
      await world.startApp({ webhookUrl: `${proxy}/telegram/webhook` }, { webhook: false });
      await vi.waitUntil(() => world.desk.log.with('log', 'is registered at').length > 0, 20_000);
      world.chat.agent('Ada').write(WRITTEN);
      await refused(world);
    },
    mend: (world) => world.mendProxy(),
  },
  {
    what: 'a handler that takes too long',
    id: 'webhook-delivery',
    status: 'warning',
    finding: /^\d{3} updates are waiting$/,
    remedy: /^See the log for handlers that are slow or fail/,
    setUp: async (world) => {
      await world.startApp({}, { providers: [SlowHandler] });
      await world.telegram.notifyNewThread({ threadId: 't1', text: WRITTEN });
      const notice = await world.chat.waitForMessage(
        ({ text }) => text?.includes(WRITTEN) === true,
      );
      for (let count = 0; count <= 101; count++) world.chat.agent('Ada').reply(notice, WRITTEN);
    },
    mend: (world) => world.desk.app.get(SlowHandler).gate.open(),
  },
  {
    what: 'polling while a webhook is registered',
    id: 'polling',
    status: 'failed',
    finding:
      /^Polling fails: a webhook is registered at http:\/\/127\.0\.0\.1:9; call unregisterWebhook/,
    remedy: /^Call unregisterWebhook\(\)/,
    setUp: async (world) => {
      await world.startApp({ updates: 'polling' });
      await register(world, 'http://127.0.0.1:9/other');
    },
    mend: (world) => world.telegram.unregisterWebhook(),
  },
  {
    what: 'two processes that poll',
    id: 'polling',
    status: 'failed',
    finding: /^Polling fails: .*Conflict/,
    remedy: /^Another process polls with the same bot token: stop it/,
    setUp: async (world) => {
      await world.startApp({ updates: 'polling' });
      await world.startOtherApp({ updates: 'polling' });
      await vi.waitUntil(async () => {
        const { ok } = await world.diagnose();
        return !ok;
      }, 20_000);
    },
    mend: (world) => world.stopOtherApp(),
  },
];

/** Resolves when Telegram has said that a delivery has failed. */
async function refused(world: SetupWorld): Promise<void> {
  await vi.waitUntil(async () => {
    const info = await world.telegram.getWebhookInfo();
    return info?.last_error_message !== undefined;
  }, 20_000);
}

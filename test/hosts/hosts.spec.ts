import { afterEach, describe, expect, it } from 'vitest';
import { adapterNames } from '../support/http-adapters.js';
import { HostDesk } from './host-desk.js';
import { hosts } from './hosts.js';

/** About as long as an update gets: Telegram escapes an emoji to 12 bytes, and includes the replied message. */
const LONG_UPDATE = { update_id: 1, filling: 'x'.repeat(300_000) };

describe.each(adapterNames)('The webhook on %s, in an app with', (adapter) => {
  const here = hosts.filter(({ only = adapter }) => only === adapter);

  describe.each(here.map((host) => [host.name, host] as const))('%s,', (_name, host) => {
    let desk: HostDesk;
    afterEach(() => desk.stop());

    it('carries a conversation both ways', async () => {
      desk = await HostDesk.start(host, adapter);
      await desk.registered();
      const { chat, emulator, telegram } = desk;
      await telegram.notifyUserMessage({ threadId: 't1', text: 'Where is my parcel?' });
      const notice = await chat.waitForMessage(({ text }) => text?.includes('parcel') === true);
      const texts = ['On its way', host.reply ?? 'Tomorrow', 'Bye'];
      for (const text of texts) {
        const reply = chat.agent('Ada').reply(notice, text);
        await chat.waitForReaction(reply.message_id);
      }
      expect(desk.replies.replies.map(({ threadId, text }) => [threadId, text])).toEqual(
        texts.map((text) => ['t1', text]),
      );
      await emulator.idle();
      expect(emulator.deliveries.map(({ status }) => status)).toEqual([200, 200, 200]);
      const info = await telegram.api.call('getWebhookInfo');
      expect(info).toMatchObject({ url: desk.origin + host.path, pending_update_count: 0 });
      expect(info.last_error_message).toBeUndefined();
      expect(emulator.calls.filter(({ isWebhookReply }) => isWebhookReply)).toEqual([]);
      expect(desk.complaints).toEqual([]);
      emulator.assertConformant();
    });

    it('answers with its own status and leaves the settings of the app in force', async () => {
      desk = await HostDesk.start(host, adapter);
      await desk.registered();
      const statusOf = async (update: object, secret?: string) =>
        (await desk.deliver(host.path, update, secret)).status;
      expect(await statusOf({ update_id: 1 }, 'wrong')).toBe(401);
      expect(await statusOf({ update_id: 1 }, '')).toBe(401);
      expect(await statusOf(LONG_UPDATE)).toBe(200);
      expect(await statusOf({})).toBe(400);
      desk.inbox.accept = () => Promise.reject(new Error('full'));
      const refused = await desk.deliver(host.path, { update_id: 2 });
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
      await host.inForce(desk);
    });
  });
});

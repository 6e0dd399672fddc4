import type { SetupWorld } from '../wrong-setups/setup-world.js';
import type { HealthySetup } from './healthy-setup.interface.js';
import { startOlderServer } from './older-server.js';

const POLLING = { updates: 'polling' } as const;

/** Resolves with the Redis of a setup, which is started. */
async function redisOf(world: SetupWorld): Promise<string> {
  return (await world.startRedis()).url;
}

/** Nothing is wrong here, though the command line knows less than the app. */
export const HEALTHY_SETUPS: readonly HealthySetup[] = [
  {
    what: 'an app that polls, whose menu is German by an option in code',
    setUp: (world) => world.startApp({ ...POLLING, locale: 'de' }),
    environment: () => POLLING,
    skipped: { doctor: ['polling'] },
  },
  {
    what: 'an app with texts of its own in code',
    setUp: (world) => world.startApp({ ...POLLING, texts: { helpDescription: 'What can I do?' } }),
    environment: () => POLLING,
  },
  {
    what: 'an app without claims, by an option in code',
    setUp: (world) => world.startApp({ ...POLLING, claims: false }),
    environment: () => POLLING,
  },
  {
    what: 'a webhook whose secret is set in code, with Redis',
    setUp: async (world) => world.startApp({ redis: await redisOf(world) }),
    environment: (world) => ({ redis: world.redis.url }),
    skipped: { doctor: ['webhook-secret'] },
  },
  {
    what: 'a webhook whose path is set in code',
    setUp: async (world) => {
      const webhookPath = 'hooks/of-the-desk';
      await world.startApp({}, { extras: { webhookPath }, webhook: false });
      await world.telegram.registerWebhook(`${world.desk.origin}/${webhookPath}`);
    },
    environment: () => ({}),
    skipped: { doctor: ['webhook'] },
  },
  {
    what: 'a bot that may not be added to groups, but is in the chat',
    setUp: async (world) => {
      world.emulator.bot.changeSwitches({ canJoinGroups: false });
      await world.startApp();
    },
    environment: () => ({}),
  },
  {
    what: 'a process that leaves polling to another one',
    setUp: async (world) => {
      const options = { ...POLLING, redis: await redisOf(world) };
      await world.startOtherApp(options);
      await world.emulator.waitForCall(({ method }) => method === 'getUpdates');
      await world.startApp(options);
    },
    environment: (world) => ({ ...POLLING, redis: world.redis.url }),
    skipped: { app: ['polling'], doctor: ['polling'] },
  },
  {
    what: 'a private chat',
    setUp: async (world) => {
      world.chat = world.emulator.createPrivateChat('Ada');
      await world.startApp(POLLING);
    },
    environment: () => POLLING,
  },
  {
    what: 'a forum with topics, where the bot has all rights',
    setUp: async (world) => {
      world.chat = world.emulator.createForum({ title: 'Support' });
      await world.startApp({ ...POLLING, mode: 'topics' });
    },
    environment: () => ({ ...POLLING, mode: 'topics' }),
  },
  {
    what: 'a plain member of the chat, in an app that only sends',
    setUp: async (world) => {
      world.emulator.bot.changeSwitches({ canReadAllGroupMessages: true });
      world.chat.setBotStatus('member');
      await world.startApp({ updates: 'off', replies: false });
    },
    environment: null,
    skipped: { app: ['administrator', 'privacy-mode'] },
  },
  {
    what: 'a bot in privacy mode, in an app that only sends',
    setUp: async (world) => {
      world.chat.setBotStatus('member');
      await world.startApp({ updates: 'off', replies: false });
    },
    environment: null,
  },
  {
    what: 'a restricted bot of an older Bot API server, whose answers have fewer fields',
    setUp: async (world) => {
      world.chat.setBotStatus('restricted');
      await world.startApp({ apiRoot: await startOlderServer(world) });
    },
    environment: () => ({}),
    skipped: { app: ['privacy-mode'] },
  },
];

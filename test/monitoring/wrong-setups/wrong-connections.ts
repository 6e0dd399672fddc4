import { freePort } from '../../support/redis-server.js';
import { SilentServer } from '../../support/silent.server.js';
import type { SetupWorld } from './setup-world.js';
import type { WrongSetup } from './wrong-setup.interface.js';

const HTML = '<html>Welcome to the guest network</html>';

/** Starts the app as it is meant to be. */
const start = (world: SetupWorld): Promise<void> => world.startApp();

/** Wrong on the way to Telegram, or at @BotFather. */
export const WRONG_CONNECTIONS: readonly WrongSetup[] = [
  {
    what: 'no token',
    id: 'options',
    status: 'failed',
    finding: /disabled: botToken \(TELEGRAM_BOT_TOKEN\) is missing/,
    remedy: /^Set botToken/,
    setUp: (world) => world.startApp({ botToken: undefined }, { webhook: false }),
    mend: start,
  },
  {
    what: 'an apiRoot whose name does not exist',
    id: 'telegram',
    status: 'failed',
    finding: /^The name of bot-api\.invalid \(apiRoot\) is not resolved: .*(?:ENOTFOUND|EAI_AGAIN)/,
    remedy: /^Correct the name, or the DNS/,
    setUp: (world) => world.startApp({ apiRoot: 'http://bot-api.invalid' }, { webhook: false }),
    mend: start,
  },
  {
    what: 'an apiRoot with a port where nobody listens',
    id: 'telegram',
    status: 'failed',
    finding: /^The connection to 127\.0\.0\.1:\d+ \(apiRoot\) is refused: .*ECONNREFUSED/,
    remedy: /^Correct host and port/,
    setUp: async (world) =>
      world.startApp({ apiRoot: `http://127.0.0.1:${await freePort()}` }, { webhook: false }),
    mend: start,
  },
  {
    what: 'a firewall that lets no packet through',
    id: 'telegram',
    status: 'failed',
    finding: /^No answer comes from 127\.0\.0\.1:\d+ \(apiRoot\): .*timed out/,
    remedy: /firewall.*HTTPS_PROXY/,
    setUp: async (world) => {
      const silent = await SilentServer.start();
      world.onEnd(() => silent.stop());
      await world.startApp({ apiRoot: silent.url('http') }, { webhook: false });
    },
    mend: start,
  },
  {
    what: 'a server that is no Telegram',
    id: 'telegram',
    status: 'failed',
    finding: /^What answers at 127\.0\.0\.1:\d+ \(apiRoot\) is not the Bot API: .*HTTP 200/,
    remedy: /^Correct the option apiRoot/,
    setUp: async (world) => {
      const apiRoot = await world.server((_request, response) => response.end(HTML));
      await world.startApp({ apiRoot }, { webhook: false });
    },
    mend: start,
  },
  {
    what: 'a server that answers other JSON',
    id: 'telegram',
    status: 'failed',
    finding: /not a Bot API server/,
    remedy: /^Check the option apiRoot/,
    setUp: async (world) => {
      const apiRoot = await world.server((_request, response) =>
        response.end('{"ok":true,"result":{}}'),
      );
      await world.startApp({ apiRoot }, { webhook: false });
    },
    mend: start,
  },
  {
    what: 'a network that redirects to its own page',
    id: 'telegram',
    status: 'failed',
    finding: /^A redirect comes from 127\.0\.0\.1:\d+ \(apiRoot\), which the Bot API never sends/,
    remedy: /^Correct the option apiRoot/,
    setUp: async (world) => {
      const apiRoot = await world.server((_request, response) =>
        response.writeHead(302, { Location: 'http://guests.invalid/' }).end(),
      );
      await world.startApp({ apiRoot }, { webhook: false });
    },
    mend: start,
  },
  {
    what: 'a TLS certificate that nobody vouches for',
    id: 'telegram',
    status: 'failed',
    finding: /^The TLS certificate of 127\.0\.0\.1:\d+ \(apiRoot\) is not trusted: .*SELF_SIGNED/,
    remedy: /NODE_EXTRA_CA_CERTS/,
    setUp: async (world) => {
      const apiRoot = await world.server((_request, response) => response.end(HTML), 'https');
      await world.startApp({ apiRoot }, { webhook: false });
    },
    mend: start,
  },
  {
    what: 'https:// for a server without TLS',
    id: 'telegram',
    status: 'failed',
    finding: /^No TLS connection to 127\.0\.0\.1:\d+ \(apiRoot\) comes about/,
    remedy: /^Correct https:\/\/ or http:\/\//,
    setUp: (world) =>
      world.startApp(
        { apiRoot: world.emulator.apiRoot.replace('http:', 'https:') },
        { webhook: false },
      ),
    mend: start,
  },
  {
    what: 'a SOCKS proxy',
    id: 'proxy',
    status: 'failed',
    finding: /^The variable HTTP_PROXY of the environment names a socks5:\/\/ proxy/,
    remedy: /NO_PROXY/,
    setUp: async (world) => {
      world.setVariable('HTTP_PROXY', 'socks5://user:password-of-the-proxy@127.0.0.1:1080');
      await world.startApp({}, { webhook: false });
    },
    mend: async (world) => {
      world.setVariable('NO_PROXY', '127.0.0.1');
      await world.startApp();
    },
  },
  {
    what: 'a proxy that is not there',
    id: 'telegram',
    status: 'failed',
    finding: /^The connection to the proxy 127\.0\.0\.1:\d+ \(HTTP_PROXY\) is refused/,
    remedy: /^Correct host and port/,
    setUp: async (world) => {
      const port = await freePort();
      world.setVariable('HTTP_PROXY', `http://user:password-of-the-proxy@127.0.0.1:${port}`);
      await world.startApp({}, { webhook: false });
    },
    mend: async (world) => {
      world.setVariable('HTTP_PROXY', undefined);
      await world.startApp();
    },
  },
  {
    what: 'a proxy that wants a password',
    id: 'telegram',
    status: 'failed',
    finding: /^No call gets through to the proxy 127\.0\.0\.1:\d+ \(HTTP_PROXY\): .*HTTP 407/,
    remedy: /user and password/,
    setUp: async (world) => {
      const proxy = await world.server((_request, response) => response.writeHead(407).end());
      world.setVariable('HTTP_PROXY', proxy);
      await world.startApp({}, { webhook: false });
    },
    mend: async (world) => {
      world.setVariable('HTTP_PROXY', undefined);
      await world.startApp();
    },
  },
  {
    what: 'a clock that is behind',
    id: 'clock',
    status: 'warning',
    finding: /^The clock of this machine is \d+ s behind Telegram's$/,
    remedy: /^Set the clock/,
    setUp: async (world) => {
      world.clock.aheadMs = 120_000;
      await world.startApp();
    },
    mend: (world) => (world.clock.aheadMs = 0),
  },
  {
    what: 'a token that was revoked',
    id: 'token',
    status: 'failed',
    finding: /is not the token of a bot .*401.*revoked/,
    remedy: /^Copy it from @BotFather/,
    setUp: async (world) => {
      await world.startApp();
      world.emulator.bot.revokeToken();
    },
    mend: start,
  },
  {
    what: 'a bot that is not in the group, and may not be added to it',
    id: 'membership',
    status: 'failed',
    also: ['bot-settings'],
    finding: /it is not a member/,
    remedy: /^Add the bot to the group$/,
    setUp: async (world) => {
      world.chat = world.emulator.createSupergroup({ title: 'Support', username: 'the_desk' });
      await world.startApp({}, { unchecked: false });
      world.emulator.bot.changeSwitches({ canJoinGroups: false });
      world.chat.setBotStatus('left');
    },
    mend: (world) => {
      world.emulator.bot.changeSwitches({ canJoinGroups: true });
      world.chat.setBotStatus('administrator');
    },
  },
];

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '../..');

/** Where the site has files of the repository that do not stand in `docs`. */
const MOVED: Readonly<Record<string, string>> = {
  'README.md': 'index.md',
  'ARCHITECTURE.md': 'architecture.md',
  'CHANGELOG.md': 'changelog.md',
  'CONTRIBUTING.md': 'contributing.md',
  'SECURITY.md': 'security-policy.md',
  'bench/README.md': 'benchmarks.md',
  'packages/telegram-bot-api-emulator/README.md': 'emulator.md',
};

export const rewrites = { ...MOVED, 'docs/:page(.*)': ':page' };

/**
 * The pages by what a reader wants of them: to learn, to do, to look up, to understand. Each with its title, and with
 * what it is about.
 */
const GROUPS: Readonly<Record<string, Readonly<Record<string, readonly [string, string]>>>> = {
  'Start here': {
    'README.md': [
      'Overview',
      'what the module does, how to install and start it, and an example of each part',
    ],
    'docs/tutorial.md': [
      'Tutorial: ten minutes',
      'a new Nest app with a chat for customers, without a bot at first',
    ],
    'docs/setup.md': ['Set up a bot', 'the command that makes a Telegram chat the desk of an app'],
  },
  'How to: your app': {
    'docs/messages.md': [
      'Notify agents',
      'the methods that post notices for agents, and what Telegram makes of them',
    ],
    'docs/replies.md': [
      'Handle replies',
      'the methods of your app that get what agents answer, edit, delete and react',
    ],
    'docs/media.md': ['Files', 'files in both directions: sources, albums, limits, links'],
    'docs/topics.md': ['Topics', 'a forum topic for each thread'],
    'docs/desks.md': [
      'Several desks and bots',
      'several chats of a bot, and several bots of an app',
    ],
    'docs/chat.md': ['The chat', 'a live chat for an app that has none: API, transcripts, uploads'],
    'docs/widget.md': [
      'The widget',
      'the chat in the pages of your customers: attributes, colours, CSP, bundlers',
    ],
    'docs/testing.md': ['Test your app', 'tests of your app with an emulated Telegram'],
    'docs/migration.md': [
      'Move over from the Python service',
      'from a service that posts to a group by itself to this module',
    ],
  },
  'How to: your agents': {
    'docs/commands.md': ['Commands and buttons', 'commands and buttons of your own for agents'],
    'docs/claims.md': ['Claims', 'whose a thread is, and what becomes of the replies of others'],
    'docs/retry.md': ['Retry and discard', 'what agents can do with what has failed for good'],
    'docs/card.md': [
      'The card of a thread',
      'what the first notice of a thread shows, and how it is kept up to date',
    ],
    'docs/history.md': ['History', 'earlier messages of a thread, which your app loads for agents'],
    'docs/hours.md': [
      'Hours and prepared answers',
      'when the desk is open, what customers read else, and prepared answers',
    ],
    'docs/reminders.md': [
      'Reminders and closing',
      'reminders of customers who wait, and threads that are closed',
    ],
    'docs/agents.md': [
      'Agents who are known',
      'who may answer, and which user of your app an agent is',
    ],
    'docs/privacy.md': [
      'Privacy',
      'masks, protected content, erasure, export, and how long what is kept',
    ],
    'docs/languages.md': [
      'Languages and texts',
      'the language of what agents read, and texts of your own',
    ],
  },
  'How to: operation': {
    'docs/deploy.md': ['Deploy', 'what a desk needs in production, as a list to go through'],
    'docs/webhook.md': [
      'Webhook and polling',
      'how updates reach your app, behind prefixes, proxies and guards',
    ],
    'docs/topology.md': [
      'Which process needs what',
      'HTTP apps, workers and processes that only send, and what an install costs',
    ],
    'docs/diagnose.md': [
      'Diagnose',
      'all checks of a desk with their remedies, in code and on the command line',
    ],
    'docs/health.md': ['Health checks', 'health checks of a desk for probes and alerts'],
    'docs/metrics.md': [
      'Metrics and traces',
      'the metrics and spans of OpenTelemetry, alerts and a dashboard',
    ],
    'docs/security.md': ['Secure your desk', 'what to do for a desk that is safe'],
  },
  Recipes: {
    'docs/recipes/transcript-typeorm.md': [
      'Transcripts in TypeORM',
      'a store of the chat in your database by TypeORM',
    ],
    'docs/recipes/transcript-prisma.md': [
      'Transcripts in Prisma',
      'a store of the chat in your database by Prisma',
    ],
    'docs/recipes/request-context.md': [
      'CLS and request context',
      '`AsyncLocalStorage` and nestjs-cls in handlers',
    ],
    'docs/recipes/jest.md': ['Jest', 'what Jest needs for a package of ES modules'],
    'docs/recipes/typescript.md': [
      'TypeScript settings',
      'the settings of the compiler with which the types are found',
    ],
    'docs/recipes/webpack.md': ['Webpack and monorepos', 'what has to stay outside of a bundle'],
  },
  Reference: {
    'docs/options.md': [
      'Options',
      'each option with its type, environment variable, default and unit',
    ],
    'docs/errors.md': ['Errors and reasons', 'each error, code and reason with its remedy'],
    'docs/redis.md': [
      'Redis: keys, rights, failures',
      'versions, settings, keys and rights, and what each failure of Redis means',
    ],
    'docs/compatibility.md': [
      'Compatibility',
      'the versions of Node, Nest, TypeScript, ioredis and BullMQ that were tried together',
    ],
    'packages/telegram-bot-api-emulator/README.md': [
      'The emulator',
      'a Telegram Bot API server for tests of any bot',
    ],
    'CHANGELOG.md': ['Changelog', 'what each version brings'],
  },
  Explanation: {
    'docs/telegram-limits.md': [
      'What Telegram can and cannot do',
      'the limits of the Bot API, and what the module makes of them',
    ],
    'docs/comparison.md': [
      'Compared with …',
      'what else answers customers from Telegram, or helps to build it',
    ],
    'ARCHITECTURE.md': ['Architecture', 'the parts of the source and how they work together'],
    'docs/decisions.md': ['Decisions', 'why the details are as they are'],
    'bench/README.md': [
      'Benchmarks',
      'how fast the module is beside what an app would use instead',
    ],
    'SECURITY.md': [
      'Security: what is promised',
      'what is promised, what is not, and how to report a vulnerability',
    ],
    'CONTRIBUTING.md': ['Contributing', 'how to build, test and change the project'],
  },
};

/** A page of the site. */
export interface Page {
  readonly group: string;
  readonly title: string;
  readonly about: string;
  /** The path of its Markdown in the repository. */
  readonly file: string;
}

/** All pages but those that are made of types, in their order. */
export const pages: readonly Page[] = Object.entries(GROUPS).flatMap(([group, titles]) =>
  Object.entries(titles).map(([file, [title, about]]) => ({ group, title, about, file })),
);

/** The path on the site of a file of the repository. */
export function siteFileOf(file: string): string {
  return MOVED[file] ?? file.replace(/^docs\//, '');
}

/** The Markdown of a page. */
export function markdownOf({ file }: Page): string {
  return readFileSync(join(repository, file), 'utf8');
}

/** An entry of the sidebar. */
export interface SidebarItem {
  readonly text: string;
  readonly link?: string;
  readonly items?: SidebarItem[];
  readonly collapsed?: boolean;
}

export function sidebar(): SidebarItem[] {
  const groups = Object.keys(GROUPS).map((group) => ({
    text: group,
    items: pages
      .filter((page) => page.group === group)
      .map(({ title, file }) => ({ text: title, link: `/${siteFileOf(file)}` })),
  }));
  return [...groups, { text: 'API, made of the types', collapsed: true, items: apiItems() }];
}

/** Of the pages that typedoc has written before. */
function apiItems(): SidebarItem[] {
  const file = join(repository, 'docs/reference/api/typedoc-sidebar.json');
  const items: SidebarItem[] = JSON.parse(readFileSync(file, 'utf8'));
  return items;
}

import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as chatLibrary from '../../src/chat-widget/index.js';
import * as library from '../../src/index.js';
import * as terminusLibrary from '../../src/terminus/index.js';
import { BotApiEmulator } from '../../src/testing/index.js';
import { EMULATOR } from '../support/packages.js';
import { freePort } from '../support/redis-server.js';
import { RunningProgram, projectFolder, run } from '../support/run.js';
import { chatProgram } from './chat.program.js';
import { installedApp, installEmulator, installTerminus, manifestOf } from './installed.app.js';
import { brokenLinks } from './links.js';
import { readmeExamples } from './readme.examples.js';

const tsc = join(projectFolder, 'node_modules/.bin/tsc');

/** What an app writes that lets TypeScript tell a missing property from one that is undefined. */
const EXACT = `
import { TelegramModule, type TelegramService } from 'nestjs-telegram-support';

const { TELEGRAM_BOT_TOKEN: botToken, ADMIN: adminChatId, URL: webhookUrl, REDIS: redis } = process.env;
export const module = TelegramModule.forRoot({ botToken, adminChatId, webhookUrl, redis });

export async function notify(telegram: TelegramService, id: string | undefined): Promise<void> {
  const message = { threadId: 't1', text: 'Hello', messageId: id };
  await telegram.notifyNewThread({ ...message, subject: id, url: id, customer: { id, name: id } });
  await telegram.notifyUserMessage({ ...message, customer: id ? { email: id } : undefined });
}
`;

/**
 * The packed package, installed in an app.
 *
 * @param nest The major version that the app is to find.
 * @param versions As for {@link installedApp}.
 */
export function describePackedPackage(
  nest: 11 | 12,
  versions: Readonly<Record<string, string>>,
): void {
  let app: string;
  /** Of the app before the emulator is installed. */
  let production: { readonly packages: string[]; readonly imported: readonly unknown[] };

  beforeAll(async () => {
    app = await installedApp(versions);
    const load = (entry: string): Promise<unknown> => {
      const code = `await import('nestjs-telegram-support/${entry}')`;
      return run('node', ['--input-type=module', '-e', code], app).catch(String);
    };
    production = {
      packages: await readdir(join(app, 'node_modules')),
      imported: [await load('testing'), await load('terminus')],
    };
    await installEmulator(app);
    await installTerminus(app, versions);
  }, 300_000);
  afterAll(() => rm(app, { recursive: true }));

  it('finds the Nest that it is to work with, and no other', async () => {
    const { version } = await manifestOf(join(app, 'node_modules/@nestjs/core'));
    expect(version).toMatch(new RegExp(`^${nest}\\.`));
  });

  it('holds nothing optional in production, where ./testing and ./terminus name what is missing', () => {
    expect(production.packages).not.toContain(EMULATOR);
    expect(production.imported).toEqual([
      expect.stringContaining(`Cannot find package '${EMULATOR}'`),
      expect.stringContaining("Cannot find package '@nestjs/terminus'"),
    ]);
  });

  it('holds what was built, and no test', async () => {
    const folder = join(app, 'node_modules/nestjs-telegram-support');
    expect((await readdir(folder)).toSorted()).toEqual([
      'ARCHITECTURE.md',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'bench',
      'dist',
      'docs',
      'node_modules',
      'package.json',
    ]);
    expect(await readdir(join(folder, 'node_modules'))).toEqual(['telegram-entities']);
    expect(await readdir(join(folder, 'bench'))).toEqual(['README.md']);
    const built = await readdir(join(folder, 'dist'), { recursive: true });
    expect(built.filter((file) => /\.spec\.|\.ts$/.test(file) && !file.endsWith('.d.ts'))).toEqual(
      [],
    );
    expect(built).toContain('index.js');
  });

  it('holds the script of the widget, its words and its module, and no other code of browsers', async () => {
    const folder = join(app, 'node_modules/nestjs-telegram-support/dist/chat-widget/widget');
    const files = (await readdir(folder, { recursive: true })).filter((file) =>
      /\.\w+$/.test(file),
    );
    const languages = ['ar', 'de', 'en', 'es', 'fr', 'pt', 'ru', 'uk', 'zh'];
    expect(files.filter((file) => !file.endsWith('.d.ts')).toSorted()).toEqual(
      ['index.js', 'support-chat.js', ...languages.map((name) => `${name}.json`)].toSorted(),
    );
    const script = await readFile(join(folder, 'support-chat.js'));
    expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(20_480);
  });

  it('holds what its README and its docs link to, but no pictures', async () => {
    const folder = join(app, 'node_modules/nestjs-telegram-support');
    const names = await readdir(folder, { recursive: true });
    const own = names.filter((name) => !name.startsWith('node_modules'));
    const pages = own.filter((name) => name.endsWith('.md'));
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/chat.md']));
    expect(own.filter((name) => name.endsWith('.png'))).toEqual([]);
    const broken = await Promise.all(pages.map((page) => brokenLinks(folder, page)));
    expect(broken.flat()).toEqual([]);
  });

  it.each([
    ['ESM', 'mjs', (name: string) => `const library = await import('${name}');`],
    ['CommonJS', 'cjs', (name: string) => `const library = require('${name}');`],
  ])(
    'is loaded from %s, with every export, though nothing optional is installed',
    async (_name, kind, load) => {
      const print = 'console.log(JSON.stringify(Object.keys(library).sort()));';
      for (const [entry, exported] of [
        ['nestjs-telegram-support', Object.keys(library)],
        ['nestjs-telegram-support/chat', Object.keys(chatLibrary)],
        ['nestjs-telegram-support/terminus', Object.keys(terminusLibrary)],
        ['nestjs-telegram-support/widget', ['SupportChatElement', 'defineSupportChat']],
        [
          'nestjs-telegram-support/testing',
          ['BotApiEmulator', 'Clock', 'SystemClock', 'VirtualClock'],
        ],
      ] as const) {
        await writeFile(join(app, `load.${kind}`), `${load(entry)}\n${print}`);
        const names: unknown = JSON.parse(await run('node', [`load.${kind}`], app));
        expect(names).toEqual(expect.arrayContaining([...exported]));
      }
      const installed = await readdir(join(app, 'node_modules'));
      for (const name of ['ioredis', '@opentelemetry']) expect(installed).not.toContain(name);
    },
  );

  it('runs its command line, with the Nest of the app', async () => {
    const help = await run('npx', ['--no', 'nestjs-telegram-support', 'doctor', '--help'], app);
    expect(help).toMatch(/^Usage: nestjs-telegram-support doctor/);
    // Nothing is configured, which is exit code 2.
    const program = join(app, 'node_modules/.bin/nestjs-telegram-support');
    const diagnosis = await run(program, ['doctor', '--json'], app).catch(String);
    expect(diagnosis).toContain('TELEGRAM_BOT_TOKEN) and adminChatId');
    expect(diagnosis).toMatch(new RegExp(`"nest": "${nest}\\.`));
    expect(diagnosis).not.toContain('"ioredis"');
  });

  it('gives its version to tools', async () => {
    await writeFile(
      join(app, 'version.cjs'),
      "console.log(require('nestjs-telegram-support/package.json').version);",
    );
    const { version } = await manifestOf(projectFolder);
    expect((await run('node', ['version.cjs'], app)).trim()).toBe(version);
  });

  it.each(['Express', 'Fastify'])(
    'leads an app on %s to the emulator, as its own end-to-end tests do',
    async (adapter) => {
      const program = `
        import 'reflect-metadata';
        import { NestFactory } from '@nestjs/core';
        import { ${adapter}Adapter } from '@nestjs/platform-${adapter.toLowerCase()}';
        import { OnThreadReply, TelegramModule, TelegramService } from 'nestjs-telegram-support';
        import { TelegramTestDesk } from 'nestjs-telegram-support/testing';
        class App {}
        class Answers {
          async handle({ threadId, text }) { console.log(threadId, text); }
        }
        const handle = Object.getOwnPropertyDescriptor(Answers.prototype, 'handle');
        OnThreadReply()(Answers.prototype, 'handle', handle);
        const desk = await TelegramTestDesk.start({ emulator: { waitTimeoutMs: 20_000 } });
        const imports = [TelegramModule.forRoot({}), desk.module];
        const module = { module: App, imports, providers: [Answers] };
        const app = await NestFactory.create(module, new ${adapter}Adapter(), { logger: false });
        app.setGlobalPrefix('api');
        await desk.connect(app, { webhookPath: '/api/telegram/webhook' });
        await app.get(TelegramService).notifyNewThread({ threadId: '1', text: 'Hello' });
        const notice = await desk.chat.waitForMessage(({ text }) => text.includes('Hello'));
        const answer = desk.chat.agent('Ada').reply(notice, 'Hi');
        await desk.chat.waitForReaction(answer.message_id);
        await desk.stop();`;
      await writeFile(join(app, 'e2e.mjs'), program);
      expect(await run(process.execPath, ['e2e.mjs'], app)).toBe('1 Hi\n');
    },
  );

  it.each([
    ['ESM', 'mjs', 'Express'],
    ['ESM', 'mjs', 'Fastify'],
    ['CommonJS', 'cjs', 'Express'],
    ['CommonJS', 'cjs', 'Fastify'],
  ] as const)(
    'serves a chat and its widget from %s (.%s) on %s',
    async (_name, kind, adapter) => {
      await writeFile(join(app, `chat.${kind}`), chatProgram(kind, adapter));
      expect(JSON.parse(await run(process.execPath, [`chat.${kind}`], app))).toEqual({
        texts: ['customer: Where is my parcel?', 'customer: It is blue', 'agent: On its way'],
        isWidget: true,
        german: 200,
      });
    },
    60_000,
  );

  it('runs the quick start of the README, of at most 30 lines, as it stands there', async () => {
    const { quickStart: code } = await readmeExamples();
    expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
    await writeFile(join(app, 'main.ts'), code);
    await writeFile(join(app, 'exact.ts'), EXACT);
    const compilerOptions = {
      target: 'ES2023',
      module: 'NodeNext',
      strict: true,
      exactOptionalPropertyTypes: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      types: ['node'],
      skipLibCheck: true,
    };
    const config = { compilerOptions, files: ['main.ts', 'exact.ts'] };
    await writeFile(join(app, 'tsconfig.json'), JSON.stringify(config));
    await run(tsc, ['-p', '.'], app);

    const port = String(await freePort());
    const emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000 });
    const chat = emulator.createSupergroup({ title: 'Support' });
    const program = new RunningProgram(
      ['main.js'],
      {
        PORT: port,
        TELEGRAM_BOT_TOKEN: emulator.bot.token,
        TELEGRAM_ADMIN_CHAT_ID: String(chat.id),
        TELEGRAM_API_ROOT: emulator.apiRoot,
        TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}`,
      },
      app,
    );
    const notice = await chat.waitForMessage(
      ({ text }) => text?.includes('parcel') === true,
      20_000,
    );
    chat.agent('Ada').reply(notice, 'On its way');
    await vi.waitFor(
      () => expect(program.output).toContain('Ada answers in order-42: On its way'),
      20_000,
    );
    await program.stop();
    await emulator.stop();
  }, 120_000);
}

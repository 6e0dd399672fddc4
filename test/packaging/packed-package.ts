import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as library from '../../src/index.js';
import { BotApiEmulator } from '../../src/testing/index.js';
import { EMULATOR } from '../support/packages.js';
import { freePort } from '../support/redis-server.js';
import { RunningProgram, projectFolder, run } from '../support/run.js';
import { installedApp, installEmulator, manifestOf } from './installed.app.js';
import { readmeExamples } from './readme.examples.js';

const tsc = join(projectFolder, 'node_modules/.bin/tsc');

/** A link that does not leave the package: its path and its anchor, either of which may be missing. */
const LINK = /\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g;

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
  let production: { readonly packages: string[]; readonly imported: unknown };

  beforeAll(async () => {
    app = await installedApp(versions);
    const load = "await import('nestjs-telegram-support/testing')";
    production = {
      packages: await readdir(join(app, 'node_modules')),
      imported: await run('node', ['--input-type=module', '-e', load], app).catch(String),
    };
    await installEmulator(app);
  }, 300_000);
  afterAll(() => rm(app, { recursive: true }));

  it('finds the Nest that it is to work with, and no other', async () => {
    const { version } = await manifestOf(join(app, 'node_modules/@nestjs/core'));
    expect(version).toMatch(new RegExp(`^${nest}\\.`));
  });

  it('holds nothing of the emulator in production, where ./testing names what is missing', () => {
    expect(production.packages).not.toContain(EMULATOR);
    expect(production.imported).toContain(`Cannot find package '${EMULATOR}'`);
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

  it('holds what its README and its docs link to', async () => {
    const folder = join(app, 'node_modules/nestjs-telegram-support');
    const docs = (await readdir(join(folder, 'docs'))).map((name) => join('docs', name));
    expect(docs).toContain('docs/testing.md');
    const broken: string[] = [];
    for (const page of ['README.md', ...docs]) {
      const text = await readFile(join(folder, page), 'utf8');
      for (const [link, path, anchor] of text.matchAll(LINK)) {
        const target = await readFile(join(folder, path ? join(page, '..', path) : page), 'utf8');
        if (anchor && !anchorsOf(target).includes(anchor)) broken.push(`${page}: ${link}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it.each([
    ['ESM', 'mjs', (name: string) => `const library = await import('${name}');`],
    ['CommonJS', 'cjs', (name: string) => `const library = require('${name}');`],
  ])(
    'is loaded from %s, with every export, though ioredis is not installed',
    async (_name, kind, load) => {
      const print = 'console.log(JSON.stringify(Object.keys(library).sort()));';
      for (const [entry, exported] of [
        ['nestjs-telegram-support', Object.keys(library)],
        [
          'nestjs-telegram-support/testing',
          ['BotApiEmulator', 'Clock', 'SystemClock', 'VirtualClock'],
        ],
      ] as const) {
        await writeFile(join(app, `load.${kind}`), `${load(entry)}\n${print}`);
        const names: unknown = JSON.parse(await run('node', [`load.${kind}`], app));
        expect(names).toEqual(expect.arrayContaining([...exported]));
      }
      expect(await readdir(join(app, 'node_modules'))).not.toContain('ioredis');
    },
  );

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
        const desk = await TelegramTestDesk.start();
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
    const emulator = await BotApiEmulator.start();
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
      10_000,
    );
    await program.stop();
    await emulator.stop();
  }, 60_000);
}

/** Those that GitHub gives to the headings of a page. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

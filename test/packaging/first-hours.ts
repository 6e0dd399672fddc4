import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { BotApiEmulator } from '../../src/testing/index.js';
import { freePort } from '../support/redis-server.js';
import { RunningProgram } from '../support/run.js';
import { manifestOf } from './installed.app.js';
import { readmeExamples, type ReadmeExamples } from './readme.examples.js';
import { ScaffoldedApp } from './scaffolded.app.js';

/** Npm downloads what the cache of the machine does not have, and other tests run beside these. */
const SLOW = 600_000;

const MODULE = `
import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { TelegramModule, telegramConfig } from 'nestjs-telegram-support';
import { AppController } from './app.controller.js';
import { AppService } from './app.service.js';
import { OrdersController } from './orders.controller.js';

@Module({
  imports: [ConfigModule.forRoot(), TelegramModule.forRootAsync(telegramConfig.asProvider())],
  controllers: [AppController, OrdersController],
  providers: [AppService],
})
export class AppModule {}
`;

/** Uses the entries of the package, and would not compile if their types were not found. */
const USES = `
import { TelegramModule, type ThreadReply } from 'nestjs-telegram-support';
import { SupportChatModule, type MessageView } from 'nestjs-telegram-support/chat';
import { TelegramTestDesk, VirtualClock, transcriptStoreCases } from 'nestjs-telegram-support/testing';
import { defineSupportChat, type SupportChatElement } from 'nestjs-telegram-support/widget';

export const module: object = TelegramModule.forRoot({});
export const chat: object = SupportChatModule.forRoot({ customer: ({ headers }: { readonly headers: object }) => ('x' in headers ? { id: '1' } : null) });
export const numberOf = (message: MessageView): number => message.number;
export const cases: readonly { readonly name: string }[] = transcriptStoreCases;
export const unreadOf = (element: SupportChatElement): number => element.unread;
export const define: (options: { base: string }) => void = defineSupportChat;
export const textOf = (reply: ThreadReply): string => reply.text;
export const desk: Promise<TelegramTestDesk> = TelegramTestDesk.start({ emulator: { clock: new VirtualClock() } });
// @ts-expect-error A text is no number, unless it is any.
export const wrong = (reply: ThreadReply): number => reply.text;
// @ts-expect-error The same of a message of the chat and of the widget.
export const wrongIds = (message: MessageView, element: SupportChatElement): number[] => [message.id, element.unread];
`;

/** Where TypeScript looks for packages, by the `module` that goes with it; `node` is also called `node10`. */
const RESOLUTIONS = {
  11: [
    { module: 'commonjs', moduleResolution: 'node' },
    { module: 'esnext', moduleResolution: 'bundler' },
    { module: 'nodenext', moduleResolution: 'nodenext' },
  ],
  12: [
    // TypeScript 6 reports `node` as deprecated otherwise.
    { module: 'commonjs', moduleResolution: 'node', ignoreDeprecations: '6.0' },
    { module: 'node16', moduleResolution: 'node16' },
  ],
} as const;

/** What somebody does in the first hours with the package, in a new app of the CLI of Nest. */
export function describeFirstHours(nest: 11 | 12): void {
  let app: ScaffoldedApp;
  let readme: ReadmeExamples;
  /** What npm warns of in the app as it is made, before it has anything of this project. */
  let warnedBefore: string[];
  let warned: string[];

  /** The README's imports are those of an ES module; it says what a CommonJS app leaves out. */
  const localImports = (code: string): string =>
    nest === 11 ? code.replaceAll(/(from '\.[^']*)\.js'/g, "$1'") : code;

  beforeAll(async () => {
    readme = await readmeExamples();
    app = await ScaffoldedApp.create(nest);
    warnedBefore = await app.install();
    warned = await app.install(readme.install[nest]);
    await app.install(readme.installTests);
  }, SLOW);
  afterAll(() => app.remove());

  it('has one Nest and what fits it, and no new warning of engines', async () => {
    for (const name of ['common', 'core', 'axios', 'config']) {
      const { version } = await manifestOf(join(app.folder, 'node_modules/@nestjs', name));
      const major = nest === 11 && ['axios', 'config'].includes(name) ? 4 : nest;
      expect({ name, version }).toEqual({
        name,
        version: expect.stringMatching(new RegExp(`^${major}\\.`)),
      });
    }
    expect(warnedBefore).toEqual(expect.arrayContaining(warned));
    expect(nest === 11 ? warnedBefore : []).toEqual([]);
    // Nest 12 claims Node 20, and brings a package that does not.
    const isEarlyNode = nest === 12 && process.versions.node.startsWith('20.');
    expect(warnedBefore.some((name) => name.startsWith('file-type@'))).toBe(isEarlyNode);
  });

  it(
    'passes its own end-to-end test and the one of the README',
    async () => {
      await app.write('src/orders.controller.ts', readme.controller);
      await app.write('src/app.module.ts', localImports(MODULE));
      const { testImports, testBody } = readme;
      const test = `${testImports}\nit('is answered', async () => {\n${testBody}});\n`;
      await app.write('test/support.e2e-spec.ts', localImports(test));
      if (nest === 11) await app.changeJson('test/jest-e2e.json', readme.jest);
      const output = await app.npmRun('test:e2e');
      expect(output).toContain('2 passed');
      expect(output).not.toContain('failed');
    },
    SLOW,
  );

  it(
    'is built with the quick start of the README, and runs it',
    async () => {
      await app.write('src/main.ts', readme.quickStart);
      await app.npmRun('build');
      const emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000 });
      onTestFinished(() => emulator.stop());
      const chat = emulator.createSupergroup({ title: 'Support' });
      const port = String(await freePort());
      const environment = {
        PORT: port,
        TELEGRAM_BOT_TOKEN: emulator.bot.token,
        TELEGRAM_ADMIN_CHAT_ID: String(chat.id),
        TELEGRAM_API_ROOT: emulator.apiRoot,
        TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}`,
      };
      const program = new RunningProgram(['dist/main.js'], environment, app.folder);
      onTestFinished(async () => {
        await program.stop();
      });
      const isAsked = ({ text }: { text?: string }): boolean => text?.includes('parcel') === true;
      const notice = await chat.waitForMessage(isAsked, 30_000);
      chat.agent('Ada').reply(notice, 'On its way');
      const answer = 'Ada answers in order-42: On its way';
      await vi.waitFor(() => expect(program.output).toContain(answer), 30_000);
    },
    SLOW,
  );

  it(
    'finds the types of all entries, whichever moduleResolution it has',
    async () => {
      await app.write('uses.ts', USES);
      const options = { target: 'es2023', strict: true, skipLibCheck: true, types: ['node'] };
      const variants = RESOLUTIONS[nest].map((resolution) => ({ ...options, ...resolution }));
      expect(await app.compile('uses.ts', variants)).toBe('');
    },
    SLOW,
  );

  it(
    'is installed without a warning of engines, with Redis and either adapter',
    async () => {
      const scripts = { devDependencies: undefined, overrides: undefined };
      await app.changeJson(
        'package.json',
        nest === 11 ? scripts : { ...scripts, ...readme.overrides },
      );
      const fastify = `@nestjs/platform-fastify@${nest}`;
      const packages = [...readme.install[nest], ...readme.installRedis, fastify];
      expect(await app.chooseAnew(packages)).toEqual([]);
    },
    SLOW,
  );
}

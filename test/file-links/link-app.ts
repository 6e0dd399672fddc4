import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  Clock,
  TelegramModule,
  type TelegramModuleExtras,
  type TelegramModuleOptions,
} from '../../src/index.js';
import { FileLinks } from '../../src/files/file-links.js';
import type { FileReference } from '../../src/files/file-references.js';
import { createApp, type AdapterName } from '../support/http-adapters.js';
import { LogCapture } from '../support/log-capture.js';
import { FileServer } from './file-server.js';

export const TOKEN = '7000000001:AAHsecretsecretsecretsecretsecret12';

export interface LinkAppOptions {
  readonly adapter?: AdapterName;
  readonly options?: Partial<TelegramModuleOptions>;
  readonly extras?: TelegramModuleExtras;
  readonly module?: ModuleMetadata;
  /** The `imports` beside the factory. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  readonly clock?: Clock;
  /** What `main.ts` does before the app listens. */
  readonly configure?: (app: INestApplication) => unknown;
}

/** An app that serves links to the file of a {@link FileServer}. */
export class LinkApp {
  private constructor(
    readonly app: INestApplication,
    readonly telegram: FileServer,
    readonly log: LogCapture,
    readonly origin: string,
  ) {}

  static async start(wanted: LinkAppOptions = {}): Promise<LinkApp> {
    const telegram = await FileServer.start();
    const log = new LogCapture();
    const { extras, options, module = {} } = wanted;
    const builder = Test.createTestingModule({
      ...module,
      imports: [
        TelegramModule.forRootAsync({
          ...extras,
          imports: wanted.imports ?? [],
          useFactory: () => ({
            botToken: TOKEN,
            adminChatId: -1001,
            apiRoot: telegram.apiRoot,
            updates: 'off',
            ...options,
          }),
        }),
        ...(module.imports ?? []),
      ],
    }).setLogger(log);
    if (wanted.clock) builder.overrideProvider(Clock).useValue(wanted.clock);
    const app = createApp(await builder.compile(), wanted.adapter ?? 'express');
    await wanted.configure?.(app);
    await app.listen(0, '127.0.0.1');
    const origin = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    return new LinkApp(app, telegram, log, origin);
  }

  /** The path of a link to the file. */
  pathOf(file: Partial<FileReference> = {}): string {
    const links = this.app.get(FileLinks, { strict: false });
    return links.urlOf({ desk: 'default', threadId: 't1', fileId: 'x', ...file });
  }

  /** Follows a link to the file. */
  get(file: Partial<FileReference> = {}, init?: RequestInit): Promise<Response> {
    return fetch(this.origin + this.pathOf(file), init);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.telegram.stop();
  }
}

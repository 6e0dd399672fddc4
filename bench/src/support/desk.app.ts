import type { INestApplicationContext, Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  TelegramModule,
  TelegramService,
  type TelegramModuleOptions,
} from 'nestjs-telegram-support';

/** The HTTP servers that Nest apps run on. */
export type AdapterName = 'express' | 'fastify';

export const ADAPTERS: readonly AdapterName[] = ['express', 'fastify'];

/** The class that an app's module has to have. */
// oxlint-disable-next-line typescript/no-extraneous-class -- All that matters is in the dynamic module.
class AppModule {}

const QUIET = { logger: ['fatal' as const] };

/** An app with the module and nothing else, which serves no HTTP. */
export class DeskApp {
  private constructor(readonly context: INestApplicationContext) {}

  static async start(options: Partial<TelegramModuleOptions>): Promise<DeskApp> {
    const imports = [TelegramModule.forRoot({ updates: 'off', ...options })];
    return new DeskApp(
      await NestFactory.createApplicationContext({ module: AppModule, imports }, QUIET),
    );
  }

  get telegram(): TelegramService {
    return this.context.get(TelegramService, { strict: false });
  }

  async stop(): Promise<void> {
    await this.context.close();
  }
}

/** What an app is made of. */
export interface AppParts {
  readonly controllers?: Array<new (...args: never[]) => object>;
  readonly providers?: Provider[];
  /** The options of the module, for an app that has it. */
  readonly telegram?: Partial<TelegramModuleOptions>;
}

/** An app that listens on a free port of loopback. */
export async function listeningApp(
  adapter: AdapterName,
  { controllers = [], providers = [], telegram }: AppParts,
): Promise<{ app: INestApplicationContext; origin: string }> {
  const imports = telegram ? [TelegramModule.forRoot({ ...telegram })] : [];
  const module = { module: AppModule, imports, controllers, providers };
  const app =
    adapter === 'express'
      ? await NestFactory.create<NestExpressApplication>(module, QUIET)
      : await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), QUIET);
  await app.listen(0, '127.0.0.1');
  const origin = await app.getUrl();
  return { app, origin };
}

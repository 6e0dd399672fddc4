import type { INestApplication, ModuleMetadata, NestApplicationOptions } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { TelegramModuleExtras } from '../../src/index.js';
import type { AdapterName } from '../support/http-adapters.js';
import type { HostDesk } from './host-desk.js';

/** A host app: its settings, and where its webhook is. */
export interface Host {
  readonly name: string;
  /** The path of the webhook below the public origin. */
  readonly path: string;
  /** The only adapter that has such settings; both unless given. */
  readonly only?: AdapterName;
  /** Additions to the root module of the app. */
  readonly module?: Omit<ModuleMetadata, 'exports'>;
  readonly extras?: TelegramModuleExtras;
  /** Options of `NestFactory.create()`. */
  readonly create?: NestApplicationOptions;
  /** Options of Fastify itself. */
  readonly fastifyOptions?: { readonly bodyLimit: number };
  /** What `main.ts` does before it listens, on either adapter. */
  readonly configure?: (app: INestApplication) => unknown;
  /** What it does on Express alone. */
  readonly express?: (app: NestExpressApplication) => unknown;
  /** What it does on Fastify alone. */
  readonly fastify?: (app: NestFastifyApplication) => unknown;
  /** The sub-path that a proxy in front of the app strips. */
  readonly proxyPath?: string;
  /** Makes the option `webhookUrl` of the public origin; by default it is the origin. */
  readonly webhookUrl?: (origin: string) => string;
  /** What an agent writes. */
  readonly reply?: string;
  /** Checks on the app's own routes that the settings are in force. */
  readonly inForce: (desk: HostDesk) => Promise<void>;
}

import type { INestApplication, ModuleMetadata, NestApplicationOptions } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { TelegramModuleExtras } from '../../src/index.js';
import type { AdapterName } from '../support/http-adapters.js';
import type { HostDesk } from './host.desk.js';

/** A host app: its settings, and where Telegram has to find the webhook in it. */
export interface Host {
  readonly name: string;
  /** Where Telegram has to post: the path below the origin that the world sees. */
  readonly path: string;
  /** The adapters on which the settings exist; both unless given. */
  readonly only?: AdapterName;
  /** What the app's root module has beside the desk and the orders. */
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
  /** What a proxy in front of the app takes off the path. */
  readonly proxyPath?: string;
  /** The option, made of the origin that the world sees, which it is unless given. */
  readonly webhookUrl?: (origin: string) => string;
  /** What an agent writes. */
  readonly reply?: string;
  /** Shows on the app's own routes that the settings are in force. */
  readonly inForce: (desk: HostDesk) => Promise<void>;
}

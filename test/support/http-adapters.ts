import type { INestApplication, NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { TestingModule } from '@nestjs/testing';

/** The HTTP servers that Nest apps run on. */
export type AdapterName = 'express' | 'fastify';

export const adapterNames: readonly AdapterName[] = ['express', 'fastify'];

/** The app of a testing module on one of the adapters, not yet initialised. */
export function createApp(
  module: TestingModule,
  name: AdapterName,
  options: NestApplicationOptions = {},
): INestApplication {
  return name === 'express'
    ? module.createNestApplication(new ExpressAdapter(), options)
    : module.createNestApplication(new FastifyAdapter(), options);
}

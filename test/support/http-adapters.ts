import type { INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { TestingModule } from '@nestjs/testing';

/** The HTTP servers that Nest apps run on. */
export type AdapterName = 'express' | 'fastify';

export const adapterNames: readonly AdapterName[] = ['express', 'fastify'];

/** The app of a testing module on one of the adapters, not yet initialised. */
export function createApp(module: TestingModule, name: AdapterName): INestApplication {
  return name === 'express'
    ? module.createNestApplication(new ExpressAdapter())
    : module.createNestApplication(new FastifyAdapter());
}

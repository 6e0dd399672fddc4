import { ValidationPipe, type FactoryProvider } from '@nestjs/common';
import { APP_FILTER, HttpAdapterHost } from '@nestjs/core';
import { expect } from 'vitest';
import type { HostDesk } from './host-desk.js';
import { OneStatusFilter } from './host-enhancers.js';

/** The longest message of Telegram, above a body limit of 10 kB. */
export const LONG_REPLY = '😀'.repeat(4096);

export const strictPipe = new ValidationPipe({
  whitelist: true,
  forbidNonWhitelisted: true,
  transform: true,
});

export const errorsBecome = (status: number): FactoryProvider => ({
  provide: APP_FILTER,
  inject: [HttpAdapterHost],
  useFactory: (adapterHost: HttpAdapterHost) => new OneStatusFilter(adapterHost, status),
});

/** Checks that the app serves its own routes below this path. */
export const servesAt = (path: string, headers: Record<string, string> = {}) => {
  return async (desk: HostDesk): Promise<void> => {
    const response = await desk.call(path, { headers });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(['parcel']);
  };
};

export const sendsHeader = (name: string, value: unknown) => {
  return async (desk: HostDesk): Promise<void> => {
    const { headers } = await desk.call('/orders');
    expect(headers.get(name)).toEqual(value);
  };
};

export const refusesAbove10Kb = async (desk: HostDesk): Promise<void> => {
  const { status } = await desk.post('/orders', { item: 'x'.repeat(11_000) });
  expect(status).toBe(413);
};

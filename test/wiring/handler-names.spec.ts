import { Injectable, Module, type Provider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { expect, it } from 'vitest';
import { OnThreadReply, type ThreadReply } from '../../src/index.js';
import { DecoratedMethodExplorer } from '../../src/discovery/decorated-method-explorer.js';
import { ON_THREAD_REPLY } from '../../src/events/on-thread-reply.decorator.js';

const calls: string[] = [];

function shopA(): new () => object {
  @Injectable()
  class Shop {
    @OnThreadReply()
    take(_reply: ThreadReply): void {
      calls.push('A');
    }
  }
  return Shop;
}

function shopB(): new () => object {
  @Injectable()
  class Shop {
    @OnThreadReply()
    take(_reply: ThreadReply): void {
      calls.push('B');
    }
  }
  return Shop;
}

function moduleOf(name: string, providers: Provider[]): new () => object {
  @Module({ providers })
  class NamedModule {}
  return Object.defineProperty(NamedModule, 'name', { value: name });
}

/** By the name of each handler, what is called. */
async function namesIn(imports: Array<new () => object>): Promise<Record<string, string>> {
  const testing = await Test.createTestingModule({
    imports: [DiscoveryModule, ...imports],
    providers: [DecoratedMethodExplorer],
  }).compile();
  const found: Record<string, string> = {};
  for (const { name, handle } of testing.get(DecoratedMethodExplorer).find(ON_THREAD_REPLY)) {
    calls.length = 0;
    await handle(Object.create(null));
    found[name] = calls.join();
  }
  await testing.close();
  return found;
}

const [A, B] = [shopA(), shopB()];
const factory = (provide: string, shop: new () => object): Provider => ({
  provide,
  useFactory: () => new shop(),
});

it.each<[string, Array<new () => object>, Record<string, string>]>([
  [
    'by their modules when these differ',
    [moduleOf('Orders', [A]), moduleOf('Billing', [B])],
    { 'Orders/Shop.take': 'A', 'Billing/Shop.take': 'B' },
  ],
  [
    'by numbers when modules of one name provide them',
    [moduleOf('Orders', [A]), moduleOf('Orders', [B])],
    { 'Orders/Shop.take': 'A', 'Orders/Shop.take#2': 'B' },
  ],
  [
    'by numbers in the order of their tokens when they have some',
    [moduleOf('Orders', [factory('ONE', B)]), moduleOf('Orders', [factory('TWO', A)])],
    { 'Orders/Shop.take': 'B', 'Orders/Shop.take#2': 'A' },
  ],
  [
    'by the first module in the order of the alphabet when several provide one class',
    [moduleOf('Orders', [A]), moduleOf('Billing', [A])],
    { 'Billing/Shop.take': 'A' },
  ],
])(
  'names handlers of one class name %s, in whichever order they are imported',
  async (_n, imports, names) => {
    expect(await namesIn(imports)).toEqual(names);
    expect(await namesIn(imports.toReversed())).toEqual(names);
  },
);

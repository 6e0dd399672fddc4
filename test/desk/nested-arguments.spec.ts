import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TelegramArgumentError } from '../../src/index.js';
import { TestDesk } from '../support/test-desk.js';

/** What is no description of a person, though some of it is an object. */
const NO_CUSTOMERS: ReadonlyArray<[name: string, customer: unknown]> = [
  ['an array', []],
  ['an array of customers', [{ name: 'Alice' }]],
  ['a string', 'Alice'],
  ['an empty string', ''],
  ['a boxed string', Object('Alice')],
  ['a number', 5],
  ['a boolean', true],
  ['a bigint', 5n],
  ['a symbol', Symbol('Alice')],
  ['a function', () => ({ name: 'Alice' })],
  ['a class', Map],
  ['a Date', new Date(0)],
  ['a Map', new Map([['name', 'Alice']])],
  ['a Set', new Set(['Alice'])],
  ['a RegExp', /Alice/],
  ['an Error', new Error('Alice')],
  ['a promise that was not awaited', Promise.resolve({ name: 'Alice' })],
  ['bytes', new Uint8Array(3)],
];

class Person {
  constructor(
    readonly id: string,
    readonly name: string,
    readonly friends: readonly unknown[] = [],
  ) {}
}

describe('The customer of a notice', () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await TestDesk.start({ webhook: false });
  });
  afterAll(() => desk.stop());

  it.each(NO_CUSTOMERS)('may not be %s', async (_name, customer) => {
    for (const method of ['notifyNewThread', 'notifyUserMessage'] as const) {
      const argument = { threadId: 't1', text: 'Hello', customer };
      const call: unknown = Reflect.apply(desk.telegram[method], desk.telegram, [argument]);
      await expect(call).rejects.toBeInstanceOf(TelegramArgumentError);
      await expect(call).rejects.toMatchObject({ method, fields: ['customer'] });
    }
    expect(desk.emulator.callsOf('sendMessage')).toEqual([]);
  });

  it.each([
    ['a plain object', { id: 'c1', name: 'Alice' }],
    ['an object without a prototype', Object.assign(Object.create(null), { name: 'Alice' })],
    ['an instance of a class of the app', new Person('c1', 'Alice', [{}])],
    ['nothing but fields that are null', JSON.parse('{"id":null,"name":null}')],
  ])('may be %s', async (_name, customer) => {
    const message = { threadId: 't1', text: 'Hello', customer };
    expect(await desk.telegram.notifyUserMessage(message)).toMatchObject({ accepted: true });
    await desk.chat.waitForMessage(() => true);
  });

  it('names each of its fields once that is wrong', async () => {
    const customer = { id: [], name: {}, email: new Date(0) };
    const argument = { threadId: 't1', text: 'Hello', customer };
    const { telegram } = desk;
    const call: unknown = Reflect.apply(telegram['notifyNewThread'], telegram, [argument]);
    const fields = ['customer.id', 'customer.name', 'customer.email'];
    await expect(call).rejects.toMatchObject({ fields });
  });
});

import { Controller, Injectable, Module, Scope, SetMetadata, type Provider } from '@nestjs/common';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type DeadLetter, OnDeadLetter, OnThreadReply, type ThreadReply } from '../../src/index.js';
import { TestDesk } from '../support/test-desk.js';

const calls: string[] = [];

type Decorator = (
  target: object,
  name: string | symbol,
  descriptor: PropertyDescriptor,
) => PropertyDescriptor | void;

function functionOf({ value }: PropertyDescriptor): () => unknown {
  if (typeof value !== 'function') throw new TypeError('There is no function to decorate');
  return value;
}

/** Puts a function of its own in place of the method, as decorators for logs, caches and locks do. */
function Wrap(copiesMetadata = false): Decorator {
  return (_prototype, _name, descriptor) => {
    const original = functionOf(descriptor);
    const wrapper = function (this: unknown, ...args: unknown[]): unknown {
      calls.push('wrapper');
      return Reflect.apply(original, this, args);
    };
    for (const key of copiesMetadata ? Reflect.getMetadataKeys(original) : []) {
      Reflect.defineMetadata(key, Reflect.getMetadata(key, original), wrapper);
    }
    descriptor.value = wrapper;
  };
}

/** Puts a getter in place of the method, as decorators that bind do. */
function Bound(): Decorator {
  return (_prototype, _name, descriptor) => ({
    configurable: true,
    get(this: unknown): unknown {
      return functionOf(descriptor).bind(this);
    },
  });
}

/** Makes a property of the method that is no function. */
function Spoil(): Decorator {
  return () => ({ configurable: true, value: 'no method' });
}

@Injectable()
class Plain {
  @OnThreadReply()
  take({ text }: ThreadReply): void {
    calls.push(`Plain ${text}`);
  }
}

function anotherShop(): new () => object {
  @Injectable()
  class Shop extends Plain {}
  return Shop;
}

describe('A decorated method', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  /** What was called when an agent has answered. */
  async function callsWith(
    wanted: Pick<Parameters<typeof TestDesk.start>[0] & object, 'providers' | 'imports'>,
  ): Promise<string[]> {
    calls.length = 0;
    desk = await TestDesk.start({ options: { replies: { attempts: 1 } }, ...wanted });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const notice = await desk.chat.waitForMessage(() => true);
    const reply = desk.chat.agent('Ada').reply(notice, 'Hello');
    const isAnswered = () =>
      desk.chat.reactionsOn(reply.message_id).length > 0 || desk.notices.length > 1;
    await vi.waitFor(() => expect(isAnswered()).toBe(true), { timeout: 20_000 });
    return calls;
  }

  function warnings(part: string): string[] {
    return desk.log.with('warn', part).map(({ text }) => text);
  }

  describe('that another decorator has replaced', () => {
    it('is called with its replacement, and the log says so', async () => {
      @Injectable()
      class Shop {
        @Wrap()
        @OnThreadReply()
        take({ text }: ThreadReply): void {
          calls.push(text);
        }
      }
      expect(await callsWith({ providers: [Shop] })).toEqual(['wrapper', 'Hello']);
      expect(warnings('Shop.take() was replaced by another decorator')).toHaveLength(1);
      expect(warnings('Write @OnThreadReply() above all others')).toHaveLength(1);
    });

    it('is called without a warning when @OnThreadReply() stands above the other decorator', async () => {
      @Injectable()
      class Shop {
        @OnThreadReply()
        @Wrap()
        take({ text }: ThreadReply): void {
          calls.push(text);
        }
      }
      expect(await callsWith({ providers: [Shop] })).toEqual(['wrapper', 'Hello']);
      expect(warnings('Shop.take')).toEqual([]);
    });

    it('is called without a warning when the other decorator copies the metadata', async () => {
      @Injectable()
      class Shop {
        @Wrap(true)
        @OnThreadReply()
        @SetMetadata('other', true)
        take({ text }: ThreadReply): void {
          calls.push(text);
        }
      }
      expect(await callsWith({ providers: [Shop] })).toEqual(['wrapper', 'Hello']);
      expect(warnings('Shop.take')).toEqual([]);
    });

    it('is called when a getter stands in its place', async () => {
      @Injectable()
      class Shop {
        readonly name = 'Shop';

        @Bound()
        @OnThreadReply()
        take({ text }: ThreadReply): void {
          calls.push(`${this.name} ${text}`);
        }
      }
      expect(await callsWith({ providers: [Shop] })).toEqual(['Shop Hello']);
      expect(warnings('Shop.take() was replaced')).toHaveLength(1);
    });

    it('is not called when it is no longer a method, and the log says so', async () => {
      @Injectable()
      class Shop {
        @Spoil()
        @OnThreadReply()
        take(): void {
          calls.push('never');
        }
      }
      expect(await callsWith({ providers: [Shop, Plain] })).toEqual(['Plain Hello']);
      expect(warnings('Shop.take() is not called: another decorator')).toHaveLength(1);
    });

    it('is called with its replacement when a decorator of the class replaced it', async () => {
      const WrapAll: ClassDecorator = ({ prototype }) => {
        const target: object = prototype;
        for (const name of Object.getOwnPropertyNames(target)) {
          const descriptor = Object.getOwnPropertyDescriptor(target, name);
          if (!descriptor || name === 'constructor') continue;
          Wrap()(target, name, descriptor);
          Object.defineProperty(target, name, descriptor);
        }
      };
      @WrapAll
      @Injectable()
      class Shop {
        @OnThreadReply()
        take({ text }: ThreadReply): void {
          calls.push(text);
        }
      }
      expect(await callsWith({ providers: [Shop] })).toEqual(['wrapper', 'Hello']);
    });

    it('is called with dead letters, too', async () => {
      @Injectable()
      class Shop {
        @OnThreadReply()
        take(): never {
          throw new Error('The shop is closed');
        }

        @Wrap()
        @OnDeadLetter()
        hear({ text }: DeadLetter): void {
          calls.push(text);
        }
      }
      const called = await callsWith({ providers: [Shop] });
      await vi.waitFor(() => expect(called).toEqual(['wrapper', 'Hello']), 20_000);
      expect(warnings('Write @OnDeadLetter() above all others')).toHaveLength(1);
    });
  });

  it('is called when it is inherited, or has a symbol for a name', async () => {
    const take = Symbol('take');
    class Base {
      @OnThreadReply()
      inherited({ text }: ThreadReply): void {
        calls.push(`inherited ${text}`);
      }
    }
    @Injectable()
    class Shop extends Base {
      @OnThreadReply()
      [take]({ text }: ThreadReply): void {
        calls.push(`symbol ${text}`);
      }
    }
    const called = await callsWith({ providers: [Shop] });
    expect(called.toSorted()).toEqual(['inherited Hello', 'symbol Hello']);
    expect(warnings('Shop')).toEqual([]);
  });

  it('is called once when a subclass has decorated it again', async () => {
    class Base {
      @OnThreadReply()
      take({ text }: ThreadReply): void {
        calls.push(`Base ${text}`);
      }
    }
    @Injectable()
    class Shop extends Base {
      @OnThreadReply()
      override take({ text }: ThreadReply): void {
        calls.push(`Shop ${text}`);
      }
    }
    expect(await callsWith({ providers: [Shop] })).toEqual(['Shop Hello']);
    expect(warnings('Shop')).toEqual([]);
  });

  it('is not called when a subclass overrides it without the decorator, and the log says so', async () => {
    class Base {
      @OnThreadReply()
      take({ text }: ThreadReply): void {
        calls.push(`Base ${text}`);
      }
    }
    @Injectable()
    class Shop extends Base {
      override take({ text }: ThreadReply): void {
        calls.push(`Shop ${text}`);
      }
    }
    expect(await callsWith({ providers: [Shop, Plain] })).toEqual(['Plain Hello']);
    expect(warnings('Shop.take() is not called: it overrides a method')).toHaveLength(1);
  });

  it('is not called when it is static, and the log says so', async () => {
    @Injectable()
    class Shop {
      // @ts-expect-error The compiler refuses it, which JavaScript does not.
      @OnThreadReply()
      static take(): void {
        calls.push('never');
      }
    }
    expect(await callsWith({ providers: [Shop, Plain] })).toEqual(['Plain Hello']);
    expect(warnings('Shop.take() is not called: it is static')).toHaveLength(1);
  });

  it('is called when it is a property, which only JavaScript lets it be', async () => {
    @Injectable()
    class Shop {
      // @ts-expect-error The compiler refuses it, which JavaScript does not.
      @OnThreadReply()
      take = ({ text }: ThreadReply): void => {
        calls.push(text);
      };
    }
    expect(await callsWith({ providers: [Shop] })).toEqual(['Hello']);
  });

  it('is not called when its class is request-scoped or transient, and the log says so', async () => {
    @Injectable({ scope: Scope.TRANSIENT })
    class Shop {
      @OnThreadReply()
      take(): void {
        calls.push('never');
      }
    }
    expect(await callsWith({ providers: [Shop, Plain] })).toEqual(['Plain Hello']);
    expect(warnings('Shop.take() is not called: a request-scoped')).toHaveLength(1);
  });

  describe('of a class in two modules', () => {
    @Injectable()
    class Shop {
      @OnThreadReply()
      take({ text }: ThreadReply): void {
        calls.push(text);
      }

      @OnDeadLetter()
      hear({ text }: DeadLetter): void {
        calls.push(`letter ${text}`);
      }
    }

    it.each<[string, Provider[], Array<new () => object>]>([
      ['that provide it', [Shop], []],
      ['whose controller it is', [], [Shop]],
    ])('%s is called once, and the log says so', async (_name, providers, controllers) => {
      if (controllers.length > 0) Controller('shop')(Shop);
      @Module({ providers, controllers })
      class OrdersModule {}
      @Module({ providers, controllers })
      class BillingModule {}
      const imports = [OrdersModule, BillingModule];
      expect(await callsWith({ providers: [], imports })).toEqual(['Hello']);
      const said = warnings('Shop is provided by BillingModule and OrdersModule');
      expect(said).toHaveLength(2);
      expect(said.join()).toContain('@OnThreadReply()');
      expect(said.join()).toContain('@OnDeadLetter()');
    });

    it('is called once, without a warning, when one module exports it to the other', async () => {
      @Module({ providers: [Shop], exports: [Shop] })
      class OrdersModule {}
      @Module({ imports: [OrdersModule] })
      class BillingModule {}
      const alias = { provide: 'SHOP', useExisting: Shop };
      const same = { provide: 'SAME', useFactory: (shop: Shop) => shop, inject: [Shop] };
      const imports = [BillingModule, OrdersModule];
      expect(await callsWith({ providers: [alias, same], imports })).toEqual(['Hello']);
      expect(warnings('Shop')).toEqual([]);
    });

    it('is called on each instance that the app creates itself', async () => {
      const providers = ['A', 'B'].map((provide) => ({ provide, useFactory: () => new Shop() }));
      expect(await callsWith({ providers })).toEqual(['Hello', 'Hello']);
      expect(warnings('Shop')).toEqual([]);
    });

    it('is called for each of two classes of the same name', async () => {
      const other = anotherShop();
      const called = await callsWith({ providers: [Shop, other] });
      expect(called.toSorted()).toEqual(['Hello', 'Plain Hello']);
    });
  });
});

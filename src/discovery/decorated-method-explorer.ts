import { Injectable, Logger } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { DecoratedMethod } from './decorated-method.interface.js';
import { markedMethodsOf, type MarkedMethods } from './marked-methods.js';
import type { MethodMark } from './method-mark.js';
import { methodResult } from './method-result.js';

/** Finds the methods of the app that carry one of the module's decorators. */
@Injectable()
export class DecoratedMethodExplorer {
  readonly #logger = new Logger(DecoratedMethodExplorer.name);
  readonly #discovery: DiscoveryService;
  /** So that one who looks again says nothing again. */
  readonly #warnings = new Set<string>();

  constructor(discovery: DiscoveryService) {
    this.#discovery = discovery;
  }

  /**
   * In the order in which Nest holds their classes. Says in the log which of them are not called, and why.
   *
   * @param mark What the decorator leaves on the methods.
   */
  find<T, Options>(mark: MethodMark<T, Options>): Array<DecoratedMethod<T, Options>> {
    const wrappers = [...this.#discovery.getProviders(), ...this.#discovery.getControllers()];
    const found = this.#withoutTwins(wrappers, mark).flatMap((wrapper) =>
      this.#methodsOf(wrapper, mark),
    );
    return found.map((method, i) => {
      const earlier = found.slice(0, i).filter(({ name }) => name === method.name).length;
      return earlier === 0 ? method : { ...method, name: `${method.name}#${earlier + 1}` };
    });
  }

  /** One wrapper for each instance, and for each class that Nest makes instances of in several modules. */
  #withoutTwins<T, Options>(
    wrappers: readonly InstanceWrapper[],
    mark: MethodMark<T, Options>,
  ): InstanceWrapper[] {
    const instances = new Set<object>();
    const firstOf = new Map<unknown, InstanceWrapper>();
    return wrappers.filter((wrapper) => {
      const instance: unknown = wrapper.instance;
      if (!isObject(instance) || wrapper.isAlias || instances.has(instance)) return false;
      instances.add(instance);
      const isOfFactory = wrapper.metatype !== instance.constructor;
      if (isOfFactory || marksOf(instance, mark).found.length === 0) return true;
      const first = firstOf.get(wrapper.metatype);
      if (first) this.#warnOfTwins(first, wrapper, mark);
      else firstOf.set(wrapper.metatype, wrapper);
      return !first;
    });
  }

  #methodsOf<T, Options>(
    wrapper: InstanceWrapper,
    mark: MethodMark<T, Options>,
  ): Array<DecoratedMethod<T, Options>> {
    const instance: unknown = wrapper.instance;
    if (!isObject(instance)) return [];
    const { found, overridden, statics } = marksOf(instance, mark);
    const isSingleton = wrapper.isDependencyTreeStatic() && !wrapper.isTransient;
    const notCalled = (name: string | symbol, why: string): void =>
      this.#warn(`${nameOf(instance, name)}() is not called: ${why}`);
    for (const name of statics) {
      notCalled(name, `it is static, and ${mark.decorator} belongs on a method of instances`);
    }
    for (const name of overridden) {
      notCalled(name, `it overrides one that has ${mark.decorator}, and has none itself`);
    }
    return found.flatMap(({ name, options, isReplaced }) => {
      if (!isSingleton) {
        notCalled(
          name,
          'a request-scoped or transient provider has no instance of its own here. Make it a singleton',
        );
        return [];
      }
      if (typeof Reflect.get(instance, name) !== 'function') {
        notCalled(name, 'another decorator has put something else than a method in its place');
        return [];
      }
      if (isReplaced) {
        this.#warn(
          `${nameOf(instance, name)}() was replaced by another decorator, and what stands there now is called. Write ${mark.decorator} above all others`,
        );
      }
      return [bind<T, Options>(instance, name, options)];
    });
  }

  #warnOfTwins<T, Options>(
    { host: first, name }: InstanceWrapper,
    { host: other }: InstanceWrapper,
    mark: MethodMark<T, Options>,
  ): void {
    const modules = `${first?.name ?? 'a module'} and ${other?.name ?? 'another one'}`;
    this.#warn(
      `${String(name)} is provided by ${modules}, so there are two instances: only that of ${first?.name ?? 'the first'} is called by ${mark.decorator}. Provide it in one module and export it there`,
    );
  }

  #warn(text: string): void {
    if (this.#warnings.has(text)) return;
    this.#warnings.add(text);
    this.#logger.warn(text);
  }
}

function bind<T, Options>(
  instance: object,
  name: string | symbol,
  options: Options,
): DecoratedMethod<T, Options> {
  return {
    name: nameOf(instance, name),
    options,
    handle: async (argument, signal) => {
      // Looked up at each call, so that a test that spies on the method is heard.
      const method: unknown = Reflect.get(instance, name);
      if (typeof method !== 'function') {
        throw new TypeError(`${nameOf(instance, name)} is no method any more`);
      }
      await methodResult(Reflect.apply(method, instance, [argument]), signal);
    },
  };
}

/** What an instance itself has, such as a method that its constructor has bound, is looked up when it is called. */
function marksOf<T, Options>(
  instance: object,
  mark: MethodMark<T, Options>,
): MarkedMethods<Options> {
  return markedMethodsOf(Object.getPrototypeOf(instance), mark);
}

function nameOf({ constructor }: object, name: string | symbol): string {
  return `${constructor.name}.${String(name)}`;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

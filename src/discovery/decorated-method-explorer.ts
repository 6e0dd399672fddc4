import { Injectable, Logger } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { DecoratedMethod } from './decorated-method.interface.js';
import { markedMethodsOf, type MarkedMethods } from './marked-methods.js';
import type { MethodMark } from './method-mark.js';
import { methodResult } from './method-result.js';
import { compareProviders, distinguish, isOfFactory, moduleNameOf } from './method-names.js';

/** Finds the app's methods that carry one of the module's decorators. */
@Injectable()
export class DecoratedMethodExplorer {
  readonly #logger = new Logger(DecoratedMethodExplorer.name);
  readonly #discovery: DiscoveryService;
  /** The warnings that are in the log already: the search is repeated. */
  readonly #warnings = new Set<string>();

  constructor(discovery: DiscoveryService) {
    this.#discovery = discovery;
  }

  /**
   * Returns the methods by their modules, whose names are sorted, so that the order in which they are imported
   * changes nothing: neither the order of the methods nor their names. Logs which are not called, and why.
   *
   * @param mark The mark that the decorator sets on methods.
   */
  find<T, Options>(mark: MethodMark<T, Options>): Array<DecoratedMethod<T, Options>> {
    const wrappers = [...this.#discovery.getProviders(), ...this.#discovery.getControllers()];
    const found = this.#withoutDuplicates(wrappers.toSorted(compareProviders), mark).flatMap(
      (provider) => this.#methodsOf(provider, mark).map((method) => ({ method, provider })),
    );
    return distinguish(found);
  }

  /** One wrapper for each instance, and one for each class that several modules provide. */
  #withoutDuplicates<T, Options>(
    wrappers: readonly InstanceWrapper[],
    mark: MethodMark<T, Options>,
  ): InstanceWrapper[] {
    const instances = new Set<object>();
    const firstOf = new Map<unknown, InstanceWrapper>();
    return wrappers.filter((wrapper) => {
      const instance: unknown = wrapper.instance;
      if (!isObject(instance) || wrapper.isAlias || instances.has(instance)) return false;
      instances.add(instance);
      if (isOfFactory(wrapper) || marksOf(instance, mark).found.length === 0) return true;
      const first = firstOf.get(wrapper.metatype);
      if (first) this.#warnOfDuplicate(first, wrapper, mark);
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
      notCalled(name, `it is static, and ${mark.decorator} belongs on instance methods`);
    }
    for (const name of overridden) {
      notCalled(name, `it overrides a method with ${mark.decorator}, and has none itself`);
    }
    return found.flatMap(({ name, options, isReplaced }) => {
      if (!isSingleton) {
        notCalled(
          name,
          'a request-scoped or transient provider has no instance to call. Make it a singleton',
        );
        return [];
      }
      if (typeof Reflect.get(instance, name) !== 'function') {
        notCalled(name, 'another decorator has replaced it by something that is no method');
        return [];
      }
      if (isReplaced) {
        this.#warn(
          `${nameOf(instance, name)}() was replaced by another decorator, and the replacement is called. Write ${mark.decorator} above all others`,
        );
      }
      const fullName = `${moduleNameOf(wrapper)}/${nameOf(instance, name)}`;
      return [bind<T, Options>(instance, name, fullName, options)];
    });
  }

  #warnOfDuplicate<T, Options>(
    { host: first, name }: InstanceWrapper,
    { host: other }: InstanceWrapper,
    mark: MethodMark<T, Options>,
  ): void {
    const modules = `${first?.name ?? 'a module'} and ${other?.name ?? 'another one'}`;
    this.#warn(
      `${String(name)} is provided by ${modules}, so there are two instances: only that of ${first?.name ?? 'the first'} is called by ${mark.decorator}. Provide it in one module and export it`,
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
  fullName: string,
  options: Options,
): DecoratedMethod<T, Options> {
  return {
    name: fullName,
    options,
    handle: async (argument, signal) => {
      // Looked up at each call, so that a test can spy on the method.
      const method: unknown = Reflect.get(instance, name);
      if (typeof method !== 'function') {
        throw new TypeError(`${fullName} is no longer a method`);
      }
      return methodResult(Reflect.apply(method, instance, [argument]), signal);
    },
  };
}

/** Only prototypes are searched: a method that a constructor has bound is looked up when it is called. */
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

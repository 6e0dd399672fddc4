import { Injectable, Logger } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { DecoratedMethod } from './decorated-method.interface.js';

/** Finds the methods of the app that carry one of the module's decorators. */
@Injectable()
export class DecoratedMethodExplorer {
  readonly #logger = new Logger(DecoratedMethodExplorer.name);

  readonly #discovery: DiscoveryService;
  readonly #scanner: MetadataScanner;
  readonly #reflector: Reflector;

  constructor(discovery: DiscoveryService, scanner: MetadataScanner, reflector: Reflector) {
    this.#discovery = discovery;
    this.#scanner = scanner;
    this.#reflector = reflector;
  }

  /**
   * In the order in which Nest holds their classes.
   *
   * @param metadataKey What the decorator has set to true on the methods.
   */
  find<T>(metadataKey: string): DecoratedMethod<T>[] {
    const wrappers = [...this.#discovery.getProviders(), ...this.#discovery.getControllers()];
    const found = wrappers.flatMap((wrapper) => this.#methodsOf<T>(wrapper, metadataKey));
    return found.map((method, i) => {
      const earlier = found.slice(0, i).filter(({ name }) => name === method.name).length;
      return earlier === 0 ? method : { ...method, name: `${method.name}#${earlier + 1}` };
    });
  }

  #methodsOf<T>(wrapper: InstanceWrapper, metadataKey: string): DecoratedMethod<T>[] {
    const instance: unknown = wrapper.instance;
    if (!isObject(instance) || wrapper.isAlias) return [];
    const prototype: unknown = Object.getPrototypeOf(instance);
    if (!isObject(prototype)) return [];
    const methods = this.#scanner
      .getAllMethodNames(prototype)
      .filter((name) => this.#isDecorated(prototype, name, metadataKey));
    if (wrapper.isDependencyTreeStatic() && !wrapper.isTransient) {
      return methods.map((method) => bind<T>(instance, method));
    }
    for (const method of methods) {
      this.#logger.warn(
        `${instance.constructor.name}.${method}() is not called: a request-scoped or transient provider has no instance of its own here. Make it a singleton`,
      );
    }
    return [];
  }

  #isDecorated(prototype: object, name: string, metadataKey: string): boolean {
    const method: unknown = Reflect.get(prototype, name);
    return typeof method === 'function' && this.#reflector.get(metadataKey, method) === true;
  }
}

function bind<T>(instance: object, name: string): DecoratedMethod<T> {
  return {
    name: `${instance.constructor.name}.${name}`,
    handle: async (argument) => {
      // Looked up at each call, so that a test that spies on the method is heard.
      const method: unknown = Reflect.get(instance, name);
      if (typeof method === 'function') await Reflect.apply(method, instance, [argument]);
    },
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

import { Injectable, Logger } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { ON_THREAD_REPLY } from './on-thread-reply.decorator.js';
import type { ReplyHandler } from './reply-handler.interface.js';

/** Finds the methods of the app that are decorated with `@OnThreadReply()`. */
@Injectable()
export class ReplyHandlerExplorer {
  readonly #logger = new Logger(ReplyHandlerExplorer.name);

  readonly #discovery: DiscoveryService;
  readonly #scanner: MetadataScanner;
  readonly #reflector: Reflector;

  constructor(discovery: DiscoveryService, scanner: MetadataScanner, reflector: Reflector) {
    this.#discovery = discovery;
    this.#scanner = scanner;
    this.#reflector = reflector;
  }

  /** In the order in which Nest holds their classes. */
  find(): ReplyHandler[] {
    const wrappers = [...this.#discovery.getProviders(), ...this.#discovery.getControllers()];
    const handlers = wrappers.flatMap((wrapper) => this.#handlersOf(wrapper));
    return handlers.map((handler, i) => {
      const earlier = handlers.slice(0, i).filter(({ name }) => name === handler.name).length;
      return earlier === 0 ? handler : { ...handler, name: `${handler.name}#${earlier + 1}` };
    });
  }

  #handlersOf(wrapper: InstanceWrapper): ReplyHandler[] {
    const instance: unknown = wrapper.instance;
    if (!isObject(instance) || wrapper.isAlias) return [];
    const prototype: unknown = Object.getPrototypeOf(instance);
    if (!isObject(prototype)) return [];
    const methods = this.#scanner
      .getAllMethodNames(prototype)
      .filter((name) => this.#isDecorated(prototype, name));
    if (wrapper.isDependencyTreeStatic() && !wrapper.isTransient) {
      return methods.map((method) => handlerOf(instance, method));
    }
    for (const method of methods) {
      this.#logger.warn(
        `${instance.constructor.name}.${method}() takes no replies: a request-scoped or transient provider has no instance of its own here. Make it a singleton`,
      );
    }
    return [];
  }

  #isDecorated(prototype: object, name: string): boolean {
    const method: unknown = Reflect.get(prototype, name);
    return typeof method === 'function' && this.#reflector.get(ON_THREAD_REPLY, method) === true;
  }
}

function handlerOf(instance: object, name: string): ReplyHandler {
  return {
    name: `${instance.constructor.name}.${name}`,
    handle: async (reply) => {
      // Looked up at each call, so that a test that spies on the method is heard.
      const method: unknown = Reflect.get(instance, name);
      if (typeof method === 'function') await Reflect.apply(method, instance, [reply]);
    },
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

import 'reflect-metadata';

/**
 * A decorator for instance methods that take `Argument`. The compiler rejects it on a method that takes
 * something else, on a static method and on a property.
 */
export type MarkedMethodDecorator<Argument> = <Method extends (argument: Argument) => unknown>(
  prototype: object & { readonly prototype?: never },
  name: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/** A method that carries a {@link MethodMark}. */
export interface MarkedMethod<Options> {
  readonly name: string | symbol;
  /** The options of its decorator. */
  readonly options: Options;
  /** Whether another decorator has replaced it by a function that does not carry the mark. */
  readonly isReplaced: boolean;
}

/**
 * Metadata that one of the module's decorators sets on the app's methods, in two places. The class holds the
 * name of the method, which survives another decorator that replaces the function. The function holds it
 * as with Nest's own decorators, for decorators that copy metadata to their replacement.
 */
export class MethodMark<Argument, Options> {
  readonly #key: string;

  /** @param decorator The decorator as the app writes it, for the log. */
  constructor(
    key: string,
    readonly decorator: string,
  ) {
    this.#key = key;
  }

  /** Makes the decorator that sets the mark. */
  decorate(options: Options): MarkedMethodDecorator<Argument> {
    // In JavaScript it may stand on a property too, which has no descriptor.
    return (target: object, name: string | symbol, descriptor?: PropertyDescriptor) => {
      const names = new Map(this.#recordsOf(target)).set(name, options);
      Reflect.defineMetadata(this.#key, names, target);
      const method: unknown = descriptor?.value;
      if (typeof method === 'function') Reflect.defineMetadata(this.#key, options, method);
    };
  }

  /** The mark of a method that the prototype itself has. */
  find(prototype: object, name: string | symbol): MarkedMethod<Options> | undefined {
    const record = this.#recordsOf(prototype).get(name);
    const method: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
    const ofFunction: Options | undefined =
      typeof method === 'function' ? Reflect.getMetadata(this.#key, method) : undefined;
    const options = ofFunction ?? record;
    return options && { name, options, isReplaced: ofFunction === undefined };
  }

  /** The names of the marked methods of the prototype itself; of a class, those of its static methods. */
  namesOn(target: object): Array<string | symbol> {
    return [...this.#recordsOf(target).keys()];
  }

  #recordsOf(target: object): ReadonlyMap<string | symbol, Options> {
    const records: unknown = Reflect.getOwnMetadata(this.#key, target);
    return records instanceof Map ? records : new Map();
  }
}

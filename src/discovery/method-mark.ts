import 'reflect-metadata';

/**
 * A decorator for the instance methods of a class that take `Argument`. The compiler refuses it on a
 * method that takes something else, on a static method and on a property.
 */
export type MarkedMethodDecorator<Argument> = <Method extends (argument: Argument) => unknown>(
  prototype: object & { readonly prototype?: never },
  name: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/** A method that carries a {@link MethodMark}. */
export interface MarkedMethod<Options> {
  readonly name: string | symbol;
  /** What its decorator was given. */
  readonly options: Options;
  /** Whether another decorator has put a function in its place that does not carry the mark. */
  readonly isReplaced: boolean;
}

/**
 * What one of the module's decorators leaves on the app's methods. It is kept twice. The class keeps the
 * name of the method, which stays when another decorator replaces the function. The function has it as
 * metadata, as with Nest's own decorators, for those that copy metadata to the function they put there.
 */
export class MethodMark<Argument, Options> {
  readonly #key: string;

  /** @param decorator As the app writes it, for the log. */
  constructor(
    key: string,
    readonly decorator: string,
  ) {
    this.#key = key;
  }

  /** The decorator that leaves the mark. */
  decorate(options: Options): MarkedMethodDecorator<Argument> {
    // JavaScript lets it stand on a property too, which has no descriptor.
    return (target: object, name: string | symbol, descriptor?: PropertyDescriptor) => {
      const names = new Map(this.#recordsOf(target)).set(name, options);
      Reflect.defineMetadata(this.#key, names, target);
      const method: unknown = descriptor?.value;
      if (typeof method === 'function') Reflect.defineMetadata(this.#key, options, method);
    };
  }

  /** The mark of the method of that name that stands on the prototype itself. */
  find(prototype: object, name: string | symbol): MarkedMethod<Options> | undefined {
    const record = this.#recordsOf(prototype).get(name);
    const method: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
    const ofFunction: Options | undefined =
      typeof method === 'function' ? Reflect.getMetadata(this.#key, method) : undefined;
    const options = ofFunction ?? record;
    return options && { name, options, isReplaced: ofFunction === undefined };
  }

  /** The names of what is marked on the prototype itself; of a class, those of its static methods. */
  namesOn(target: object): Array<string | symbol> {
    return [...this.#recordsOf(target).keys()];
  }

  #recordsOf(target: object): ReadonlyMap<string | symbol, Options> {
    const records: unknown = Reflect.getOwnMetadata(this.#key, target);
    return records instanceof Map ? records : new Map();
  }
}

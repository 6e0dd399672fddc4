import type { MarkedMethod, MethodMark } from './method-mark.js';

/** The methods of a class, inherited ones included, that carry a mark or have lost it. */
export interface MarkedMethods<Options> {
  /** In source order, those of the class itself first. */
  readonly found: ReadonlyArray<MarkedMethod<Options>>;
  /** Overridden by a subclass that does not mark them. */
  readonly overridden: ReadonlyArray<string | symbol>;
  /** Static methods, which are never called. */
  readonly statics: ReadonlyArray<string | symbol>;
}

/** Searches a prototype, if there is one, and those that it inherits from. */
export function markedMethodsOf<Argument, Options>(
  prototype: unknown,
  mark: MethodMark<Argument, Options>,
): MarkedMethods<Options> {
  const found: Array<MarkedMethod<Options>> = [];
  const overridden: Array<string | symbol> = [];
  const statics: Array<string | symbol> = [];
  const seen = new Map<string | symbol, boolean>();
  for (const current of prototypesOf(prototype)) {
    const { constructor } = current;
    if (typeof constructor === 'function') statics.push(...mark.namesOn(constructor));
    for (const name of new Set([...Reflect.ownKeys(current), ...mark.namesOn(current)])) {
      const method = mark.find(current, name);
      if (method && !seen.has(name)) found.push(method);
      if (method && seen.get(name) === false) overridden.push(name);
      if (!seen.get(name)) seen.set(name, method !== undefined);
    }
  }
  return { found, overridden, statics };
}

function* prototypesOf(prototype: unknown): Generator<object> {
  let current = prototype;
  while (typeof current === 'object' && current !== null && current !== Object.prototype) {
    yield current;
    current = Object.getPrototypeOf(current);
  }
}

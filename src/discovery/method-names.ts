import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';

/** A method, with the provider that has it. */
export interface MethodOfProvider<Method> {
  readonly method: Method;
  readonly provider: InstanceWrapper;
}

/**
 * Sorts providers by their modules, and those that the app has made itself behind the others. So the order of
 * imports does not decide which of two providers stands for a class or an instance that both have.
 */
export function compareProviders(a: InstanceWrapper, b: InstanceWrapper): number {
  return (
    Number(isOfFactory(a)) - Number(isOfFactory(b)) || compareText(moduleNameOf(a), moduleNameOf(b))
  );
}

/** Whether the app has made the instance, by a factory or as a value. */
export function isOfFactory({ metatype, instance }: InstanceWrapper): boolean {
  return metatype !== classOf(instance);
}

export function moduleNameOf({ host }: InstanceWrapper): string {
  return host?.name ?? '';
}

/**
 * Appends a number to names that are not unique. Tokens and source texts of the classes decide on it, which
 * are the same in each process of one version, unlike the order of imports.
 */
export function distinguish<Method extends { readonly name: string }>(
  found: ReadonlyArray<MethodOfProvider<Method>>,
): Method[] {
  return found.map(({ method }) => {
    const namesakes = found.filter(({ method: { name } }) => name === method.name);
    if (namesakes.length === 1) return method;
    const place = namesakes.toSorted(compareNamesakes).findIndex((each) => each.method === method);
    return place === 0 ? method : { ...method, name: `${method.name}#${place + 1}` };
  });
}

function compareNamesakes(
  { provider: a }: MethodOfProvider<unknown>,
  { provider: b }: MethodOfProvider<unknown>,
): number {
  return (
    compareText(tokenOf(a), tokenOf(b)) ||
    compareText(String(classOf(a.instance)), String(classOf(b.instance)))
  );
}

function tokenOf({ token }: InstanceWrapper): string {
  return typeof token === 'function' ? token.name : String(token);
}

function classOf(instance: unknown): unknown {
  return typeof instance === 'object' && instance !== null ? instance.constructor : undefined;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

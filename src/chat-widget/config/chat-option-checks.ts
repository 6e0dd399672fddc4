import { ValidateBy, type ValidationOptions } from 'class-validator';

/** A function of the app. */
export function IsFunction(): PropertyDecorator {
  return ValidateBy({
    name: 'isFunction',
    validator: {
      validate: (value: unknown) => typeof value === 'function',
      defaultMessage: () => 'wants a function',
    },
  });
}

/** An origin as browsers write it in the header `Origin`. */
export function IsOrigin(options: ValidationOptions): PropertyDecorator {
  return ValidateBy({ name: 'isOrigin', validator: { validate: isOrigin } }, options);
}

/** Whether a text is an origin of http or https, as browsers write it. */
export function isOrigin(value: unknown): value is string {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { origin, protocol } = new URL(value);
  return /^https?:$/.test(protocol) && origin === value;
}

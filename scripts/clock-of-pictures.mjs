// Loaded before the example: its wall clock begins at the moment of the pictures, so that they are alike each time.
let offset = Date.parse('2026-01-15T10:24:00Z') - Date.now();
const machineNow = Date.now;
const now = () => machineNow() + offset;

// A minute passes at once, so that times from now on the pages do not depend on how fast the machine is.
process.once('message', () => (offset += 60_000));

globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});

/**
 * Loaded before the app: a wall clock that differs from the machine's by CLOCK_SHIFT_MS, and is set by
 * CLOCK_STEP_MS at each SIGUSR2. Timers and `performance.now()` stay as they are.
 */
let shiftMs = Number(process.env['CLOCK_SHIFT_MS'] ?? 0);
process.on('SIGUSR2', () => {
  shiftMs += Number(process.env['CLOCK_STEP_MS'] ?? 0);
  process.stdout.write('The clock was set\n');
});

const machineNow = Date.now;
const now = (): number => machineNow() + shiftMs;

globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});

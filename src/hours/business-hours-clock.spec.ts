import { describe, expect, it } from 'vitest';
import { BusinessHoursClock, type OpeningTimes } from './business-hours-clock.js';

const HOUR_MS = 3_600_000;
const at = (time: string): number => Date.parse(time);
const shown = (atMs: number | null): string | null =>
  atMs === null ? null : new Date(atMs).toISOString();

const clockOf = (timeZone: string, weekly: OpeningTimes['weekly'], exceptions = {}) =>
  new BusinessHoursClock({ timeZone, weekly, exceptions });

const EVERY_DAY = (...ranges: string[]) => ({
  mon: ranges,
  tue: ranges,
  wed: ranges,
  thu: ranges,
  fri: ranges,
  sat: ranges,
  sun: ranges,
});

const BERLIN = clockOf(
  'Europe/Berlin',
  { mon: ['13:00-17:30', '09:00-12:00'], fri: ['09:00-12:00'] },
  { '2026-12-25': [], '2026-12-24': ['10:00-11:00'] },
);

describe('BusinessHoursClock', () => {
  it.each([
    ['2026-11-30T07:59:59.999Z', false],
    ['2026-11-30T08:00:00Z', true],
    ['2026-11-30T10:59:59.999Z', true],
    ['2026-11-30T11:00:00Z', false],
    ['2026-11-30T12:00:00Z', true],
    ['2026-11-30T16:30:00Z', false],
    ['2026-12-01T09:00:00Z', false],
    ['2026-12-25T09:00:00Z', false],
    ['2026-12-24T09:30:00Z', true],
  ])('knows whether it is open at %s', (time, isOpen) => {
    expect(BERLIN.isOpen(at(time))).toBe(isOpen);
  });

  it.each([
    ['2026-11-30T07:00:00Z', '2026-11-30T08:00:00.000Z'],
    ['2026-11-30T08:00:00Z', '2026-11-30T12:00:00.000Z'],
    ['2026-11-30T12:00:00Z', '2026-12-04T08:00:00.000Z'],
    ['2026-12-21T18:00:00Z', '2026-12-24T09:00:00.000Z'],
    ['2026-12-24T10:00:00Z', '2026-12-28T08:00:00.000Z'],
  ])('finds the next opening after %s', (time, opening) => {
    expect(shown(BERLIN.nextOpening(at(time)))).toBe(opening);
  });

  it('takes what goes on beyond midnight as one time', () => {
    const clock = clockOf('Europe/Berlin', { fri: ['22:00-24:00'], sat: ['00:00-02:00'] });
    expect(shown(clock.nextOpening(at('2026-12-04T12:00:00Z')))).toBe('2026-12-04T21:00:00.000Z');
    expect(shown(clock.nextOpening(at('2026-12-04T21:00:00Z')))).toBe('2026-12-11T21:00:00.000Z');
    expect(clock.isOpen(at('2026-12-04T23:00:00Z'))).toBe(true);
    const [from, to] = [at('2026-12-04T12:00:00Z'), at('2026-12-05T12:00:00Z')];
    expect(clock.workingMsBetween(from, to)).toBe(4 * HOUR_MS);
  });

  it('counts the time between two moments in which it is open', () => {
    const [from, to] = [at('2026-11-30T10:00:00Z'), at('2026-12-04T08:30:00Z')];
    expect(BERLIN.workingMsBetween(from, to)).toBe((1 + 4.5 + 0.5) * HOUR_MS);
    expect(BERLIN.workingMsBetween(to, from)).toBe(0);
    expect(BERLIN.workingMsBetween(from, from)).toBe(0);
    expect(BERLIN.workingMsBetween(from, from - HOUR_MS)).toBe(0);
    expect(BERLIN.workingMsBetween(at('2026-12-01T08:00:00Z'), at('2026-12-01T20:00:00Z'))).toBe(0);
  });

  it('adds time in which it is open', () => {
    const from = at('2026-11-30T10:00:00Z');
    expect(shown(BERLIN.addWorkingMs(from, HOUR_MS / 2))).toBe('2026-11-30T10:30:00.000Z');
    expect(shown(BERLIN.addWorkingMs(from, 2 * HOUR_MS))).toBe('2026-11-30T13:00:00.000Z');
    expect(shown(BERLIN.addWorkingMs(from, 6 * HOUR_MS))).toBe('2026-12-04T08:30:00.000Z');
    expect(shown(BERLIN.addWorkingMs(at('2026-12-01T00:00:00Z'), 0))).toBe(
      '2026-12-04T08:00:00.000Z',
    );
  });

  it('undoes by one what the other does', () => {
    for (const hours of [0.1, 1, 5, 30, 200]) {
      const from = at('2026-03-20T03:00:00Z');
      const end = BERLIN.addWorkingMs(from, hours * HOUR_MS) ?? 0;
      expect(BERLIN.workingMsBetween(from, end)).toBe(hours * HOUR_MS);
    }
  });

  it('finds no opening where every day is closed by an exception or there is no day', () => {
    const closed = clockOf('UTC', {});
    expect(closed.nextOpening(0)).toBeNull();
    expect(closed.isOpen(0)).toBe(false);
    expect(closed.addWorkingMs(0, 1)).toBeNull();
    const always = clockOf('UTC', EVERY_DAY('00:00-24:00'));
    expect(always.isOpen(at('2026-12-04T23:59:59.999Z'))).toBe(true);
    expect(always.nextOpening(at('2026-12-04T12:00:00Z'))).toBeNull();
  });

  it('looks for an opening no further than it is told to', () => {
    const [from, opening] = [at('2026-12-01T12:00:00Z'), '2026-12-04T08:00:00.000Z'];
    expect(BERLIN.nextOpening(from, 2)).toBeNull();
    expect(shown(BERLIN.nextOpening(from, 3))).toBe(opening);
  });

  it('knows the local date', () => {
    expect(BERLIN.dateAt(at('2026-11-29T22:59:59Z'))).toBe('2026-11-29');
    expect(BERLIN.dateAt(at('2026-11-29T23:00:00Z'))).toBe('2026-11-30');
    expect(clockOf('Pacific/Kiritimati', {}).dateAt(at('2026-11-29T10:00:00Z'))).toBe('2026-11-30');
  });
});

/** Each a day on which clocks change: how long it is open, from when to when. */
describe.each([
  // Forward, in spring: clocks show no time from 02:00 to 03:00.
  ['Europe/Berlin', '2026-03-29', '01:00-04:00', '2026-03-29T00:00:00Z', '2026-03-29T02:00:00Z'],
  ['Europe/Berlin', '2026-03-29', '02:30-04:00', '2026-03-29T01:00:00Z', '2026-03-29T02:00:00Z'],
  ['Europe/Berlin', '2026-03-29', '01:30-02:30', '2026-03-29T00:30:00Z', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-03-29', '09:00-17:00', '2026-03-29T07:00:00Z', '2026-03-29T15:00:00Z'],
  ['Europe/Berlin', '2026-03-29', '00:00-24:00', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
  // Back, in autumn: they show the time from 02:00 to 03:00 twice.
  ['Europe/Berlin', '2026-10-25', '01:00-04:00', '2026-10-24T23:00:00Z', '2026-10-25T03:00:00Z'],
  ['Europe/Berlin', '2026-10-25', '02:00-03:00', '2026-10-25T00:00:00Z', '2026-10-25T02:00:00Z'],
  ['Europe/Berlin', '2026-10-25', '00:00-02:30', '2026-10-24T22:00:00Z', '2026-10-25T00:30:00Z'],
  ['Europe/Berlin', '2026-10-25', '00:00-24:00', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
  // South of the equator it is the other way round.
  ['Australia/Sydney', '2026-10-04', '01:00-04:00', '2026-10-03T15:00:00Z', '2026-10-03T17:00:00Z'],
  ['Australia/Sydney', '2026-10-04', '02:15-02:45', null, null],
  ['Australia/Sydney', '2026-04-05', '01:00-04:00', '2026-04-04T14:00:00Z', '2026-04-04T18:00:00Z'],
  ['Australia/Sydney', '2026-04-05', '09:00-17:00', '2026-04-04T23:00:00Z', '2026-04-05T07:00:00Z'],
  // By half an hour.
  [
    'Australia/Lord_Howe',
    '2026-10-04',
    '01:00-03:00',
    '2026-10-03T14:30:00Z',
    '2026-10-03T16:00:00Z',
  ],
  ['America/New_York', '2026-03-08', '01:00-04:00', '2026-03-08T06:00:00Z', '2026-03-08T08:00:00Z'],
  // At midnight: the day begins at 01:00.
  ['America/Santiago', '2026-09-06', '00:00-02:00', '2026-09-06T04:00:00Z', '2026-09-06T05:00:00Z'],
  // A zone that has no such days, an hour and a half apart from full hours.
  ['Asia/Kathmandu', '2026-03-29', '09:00-10:00', '2026-03-29T03:15:00Z', '2026-03-29T04:15:00Z'],
])('In %s on %s, %s', (timeZone, date, range, from, to) => {
  const clock = clockOf(timeZone, {}, { [date]: [range] });
  const noon = at(`${date}T12:00:00Z`);

  it(`is from ${from} to ${to}`, () => {
    const opening = clock.nextOpening(noon - 48 * HOUR_MS);
    expect(shown(opening)).toBe(from && new Date(from).toISOString());
    if (from === null || to === null) return;
    const length = at(to) - at(from);
    expect(clock.workingMsBetween(noon - 48 * HOUR_MS, noon + 48 * HOUR_MS)).toBe(length);
    expect(shown(clock.addWorkingMs(noon - 48 * HOUR_MS, length))).toBe(shown(at(to)));
    expect([at(from) - 1, at(from), at(to) - 1, at(to)].map((time) => clock.isOpen(time))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

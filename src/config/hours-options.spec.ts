import { describe, expect, it } from 'vitest';
import { problemsOf } from './option-problems.js';
import { TelegramSettings } from './telegram-settings.js';

const WEEKLY = { mon: ['09:00-12:00', '13:00-17:30'] };
const HOURS = { timeZone: 'Europe/Berlin', weekly: WEEKLY };

const remindersOf = (reminders: object) => new TelegramSettings({ reminders }).reminders;

const problemsIn = (options: object): string[] =>
  problemsOf(options).map(({ option, wants }) => `${option} ${wants}`);

describe('The option hours', () => {
  it.each<[string, object]>([
    ['ranges that touch', { ...HOURS, weekly: { mon: ['09:00-12:00', '12:00-24:00'] } }],
    ['ranges in another order', { ...HOURS, weekly: { mon: ['13:00-14:00', '09:00-12:00'] } }],
    ['closed days', { ...HOURS, exceptions: { '2028-02-29': [], '2026-12-24': ['00:00-24:00'] } }],
    ['UTC', { ...HOURS, timeZone: 'UTC' }],
    ['a text', { ...HOURS, autoReply: 'Back on {{opensAt}} or {{opensAt|soon}}', digest: false }],
  ])('takes %s', (_name, hours) => {
    expect(problemsIn({ hours })).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['a text', 'always', 'hours wants an object'],
    [
      'an unknown time zone',
      { ...HOURS, timeZone: 'Europe/Atlantis' },
      'hours.timeZone wants the name of a time zone that Node.js knows, such as "Europe/Berlin" or "UTC"',
    ],
    [
      'no time zone',
      { weekly: WEEKLY },
      'hours.timeZone wants the name of a time zone that Node.js knows, such as "Europe/Berlin" or "UTC"',
    ],
    [
      'overlapping ranges',
      { ...HOURS, weekly: { mon: ['09:00-12:00', '11:59-13:00'] } },
      'hours.weekly on mon: its ranges overlap',
    ],
    [
      'an empty range',
      { ...HOURS, weekly: { mon: ['09:00-09:00'] } },
      'hours.weekly on mon: the range 09:00-09:00 is empty',
    ],
    [
      'a range over midnight',
      { ...HOURS, weekly: { fri: ['22:00-02:00'] } },
      'hours.weekly on fri: the range 22:00-02:00 goes over midnight: end it at 24:00, and begin one at 00:00 on the next day',
    ],
    [
      'a range that is none',
      { ...HOURS, weekly: { fri: ['9-17'] } },
      'hours.weekly on fri: wants ranges such as "09:00-17:30", from 00:00 to 24:00',
    ],
    [
      'a time that is none',
      { ...HOURS, weekly: { fri: ['09:00-24:01'] } },
      'hours.weekly on fri: wants ranges such as "09:00-17:30", from 00:00 to 24:00',
    ],
    [
      'a day that is none',
      { ...HOURS, weekly: { monday: [] } },
      'hours.weekly there is no day monday; the days are mon, tue, wed, thu, fri, sat and sun',
    ],
    [
      'no range at all',
      { ...HOURS, weekly: { mon: [] } },
      'hours.weekly wants a range on one day at least, else the desk never opens',
    ],
    [
      'a date that does not exist',
      { ...HOURS, exceptions: { '2026-02-29': [] } },
      'hours.exceptions there is no date "2026-02-29"; write it as 2026-12-24',
    ],
    [
      'ranges of a date that overlap',
      { ...HOURS, exceptions: { '2026-12-24': ['10:00-12:00', '10:00-11:00'] } },
      'hours.exceptions on 2026-12-24: its ranges overlap',
    ],
    [
      'a placeholder that does not exist',
      { ...HOURS, autoReply: 'Back on {{openAt}}' },
      'hours.autoReply the text has no value for {{openAt}}; it may have {{opensAt}}',
    ],
  ])('refuses %s', (_name, hours, problem) => {
    expect(problemsIn({ hours })).toEqual([problem]);
    const desks = { billing: { adminChatId: -100, hours } };
    expect(problemsIn({ desks })).toEqual([`desks.billing.${problem}`]);
  });

  it('is that of the bot where a desk has none', () => {
    const settings = new TelegramSettings({
      botToken: '123456:abcdefghijklmnopqrstuvwxyz',
      adminChatId: -100,
      hours: { ...HOURS, autoReply: 'Back on {{opensAt}}' },
      locale: 'en',
      desks: {
        billing: { adminChatId: -101 },
        night: { adminChatId: -102, hours: { timeZone: 'Asia/Tokyo', weekly: WEEKLY } },
      },
    });
    expect(settings.forDesk('billing').hours?.clock.timeZone).toBe('Europe/Berlin');
    expect(settings.forDesk('night').hours?.clock.timeZone).toBe('Asia/Tokyo');
    expect(settings.forDesk('night').hours?.autoReply(0)).toBeUndefined();
    expect(settings.hours?.autoReply(Date.parse('2026-11-30T08:00:00Z'))).toBe(
      'Back on Monday, November 30 at 09:00 AM GMT+1',
    );
    expect(settings.hours?.autoReply(null)).toBeUndefined();
  });
});

describe('The option reminders', () => {
  it.each<[object, string]>([
    [
      { firstReplyMs: 0 },
      'firstReplyMs wants a whole number of milliseconds, from 1 to 31536000000',
    ],
    [
      { nextReplyMs: 1.5 },
      'nextReplyMs wants a whole number of milliseconds, from 1 to 31536000000',
    ],
    [{ after: 1 }, 'after there is no such option'],
    [
      { closeNotice: '{{opensAt}}' },
      'closeNotice the text has no value for {{opensAt}}; it may have {{closesAt}}',
    ],
  ])('refuses %j', (reminders, problem) => {
    expect(problemsIn({ reminders })).toEqual([`reminders.${problem}`]);
  });

  it('fills in what is left out', () => {
    expect(remindersOf({ firstReplyMs: 5, closeAfterMs: 1_000 })).toMatchObject({
      firstReplyMs: 5,
      nextReplyMs: 5,
      escalateMs: 900_000,
      silenceMs: 750,
      closeWarningMs: 250,
    });
    expect(remindersOf({ nextReplyMs: 5 })).toMatchObject({ firstReplyMs: null, silenceMs: null });
    expect(remindersOf({ closeAfterMs: 10, closeWarningMs: 20 })).toMatchObject({
      silenceMs: 0,
      closeWarningMs: 10,
    });
    expect(remindersOf({ closeAfterMs: 2_592_000_000 }).closeWarningMs).toBe(86_400_000);
  });
});

describe('The option replies.snippets', () => {
  it('takes texts with the values that there are', () => {
    const snippets = { hello: 'Hi {{customer.name|there}}, {{ agent.name }}', 'zurück-1': '{x}' };
    expect(problemsIn({ replies: { snippets } })).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['a list', ['Hi'], 'wants an object with texts by their names'],
    ['a name with a space', { 'a b': 'Hi' }, '"a b" is no name of a snippet'],
    ['an empty text', { hello: ' ' }, 'wants a text of 1 to 3500 characters for hello'],
    ['a number', { hello: 7 }, 'wants a text of 1 to 3500 characters for hello'],
    ['an unknown value', { hello: '{{user}}' }, 'the text hello has no value for {{user}}; it may'],
    ['a broken one', { hello: '{{agent.name' }, 'the text hello has a placeholder that is not'],
  ])('refuses %s', (_name, snippets, problem) => {
    const [found, ...others] = problemsIn({ replies: { snippets } });
    expect(found).toContain(`replies.snippets ${problem}`);
    expect(others).toEqual([]);
  });
});

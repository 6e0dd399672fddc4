import { describe, expect, it } from 'vitest';
import ar from '../words/ar.json';
import de from '../words/de.json';
import en from '../words/en.json';
import es from '../words/es.json';
import fr from '../words/fr.json';
import pt from '../words/pt.json';
import ru from '../words/ru.json';
import uk from '../words/uk.json';
import zh from '../words/zh.json';
import { Locale } from './locale.js';
import type { Words } from './words.js';

const ALL: Readonly<Record<string, Words>> = { ar, de, en, es, fr, pt, ru, uk, zh };
const load = (language: string): Promise<Words> => {
  const words = ALL[language];
  return words ? Promise.resolve(words) : Promise.reject(new Error('none'));
};
const HAS_VALUE = ['back', 'limitCount', 'limitSize', 'wait'];

describe('The words', () => {
  it.each(Object.entries(ALL))('in %s are complete', (language, words) => {
    expect(Object.keys(words).toSorted()).toEqual(Object.keys(en).toSorted());
    expect(Object.keys(words.errors).toSorted()).toEqual(Object.keys(en.errors).toSorted());
    const texts = Object.entries(words).filter(([, text]) => typeof text === 'string');
    expect(texts.filter(([, text]) => text === '')).toEqual([]);
    const withValue = texts.filter(([, text]) => String(text).includes('{}')).map(([key]) => key);
    expect(withValue.toSorted()).toEqual(HAS_VALUE);
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const forms of [words.unread, words.stars]) {
      const needed = pluralCategories.filter((rule) => rule !== 'zero' && rule !== 'many');
      for (const rule of needed) expect(forms).toHaveProperty(rule);
    }
  });
});

describe('Locale', () => {
  it.each([
    [['de-AT', 'fr'], 'de-AT', 'de'],
    [[null, 'pt_BR'], 'pt-BR', 'pt'],
    [['xx', 'UK'], 'UK', 'uk'],
    [['zh-!'], 'zh', 'zh'],
    [['nl', undefined], 'en', 'en'],
    [['constructor'], 'en', 'en'],
  ])('is of the first tag of %j that it speaks', async (tags, tag, language) => {
    expect(await Locale.load(tags, load)).toMatchObject({ tag, language });
  });

  it('is English when the words do not arrive', async () => {
    const locale = await Locale.load(['de'], () => Promise.reject(new Error('offline')));
    expect(locale).toMatchObject({ tag: 'en', words: en });
  });

  it('runs from right to left in Arabic alone', async () => {
    expect((await Locale.load(['ar-EG'], load)).direction).toBe('rtl');
    expect((await Locale.load(['ru'], load)).direction).toBe('ltr');
  });

  it.each([
    ['en', 1, '1 unread message'],
    ['ru', 1, '1 непрочитанное сообщение'],
    ['ru', 3, '3 непрочитанных сообщения'],
    ['ru', 5, '5 непрочитанных сообщений'],
    ['uk', 22, '22 непрочитані повідомлення'],
    ['zh', 2, '2 条未读消息'],
    ['ar-EG', 2, 'رسالتان غير مقروءتين'],
    ['fr', 0, '0 message non lu'],
  ])('counts in %s: %d', async (tag, count, text) => {
    const locale = await Locale.load([tag], load);
    expect(locale.count(locale.words.unread, count)).toBe(text);
  });

  it('names days near today, and others by their date', async () => {
    const locale = await Locale.load(['en-GB'], load);
    const now = new Date(2026, 10, 29, 12);
    expect(locale.day(new Date(2026, 10, 29, 0, 1), now)).toBe('today');
    expect(locale.day(new Date(2026, 10, 28, 23, 59), now)).toBe('yesterday');
    expect(locale.day(new Date(2026, 10, 27), now)).toBe('Friday 27 November');
    expect(locale.day(new Date(2025, 0, 2), now)).toBe('Thursday, 2 January 2025');
  });

  it('says sizes and waits in words', async () => {
    const locale = await Locale.load(['de'], load);
    expect(locale.size(1_572_864)).toBe('1,5 MB');
    expect(locale.size(100)).toBe('1 kB');
    expect(locale.problem({ code: 'too_many', retryAfterMs: 11_200 })).toBe(
      'Zu viele Nachrichten. Bitte 12 Sekunden warten.',
    );
    expect(locale.problem({ code: 'not_found' })).toBe('Das hat nicht geklappt.');
  });
});

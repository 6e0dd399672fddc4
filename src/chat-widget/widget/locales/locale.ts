import type { ChatError, ErrorCode } from '../api/chat-error.js';
import en from '../words/en.json';
import type { Plural, Words } from './words.js';

const ENGLISH: Words = en;
const LANGUAGES = ['en', 'ar', 'de', 'es', 'fr', 'pt', 'ru', 'uk', 'zh'];
const DAY_MS = 86_400_000;

/** The words and formats of one language. */
export class Locale {
  readonly direction: 'ltr' | 'rtl';

  private constructor(
    /** A language tag. Its region decides how dates look. */
    readonly tag: string,
    readonly language: string,
    readonly words: Words,
  ) {
    this.direction = language === 'ar' ? 'rtl' : 'ltr';
  }

  /**
   * The first tag whose language the widget speaks, else English.
   *
   * @param load Gets the words of another language. When it fails, they are English.
   */
  static async load(
    tags: readonly (string | null | undefined)[],
    load: (language: string) => Promise<Partial<Words>>,
  ): Promise<Locale> {
    const [tag, language] = findTag(tags);
    if (language === 'en') return new Locale(tag, language, ENGLISH);
    const words = await load(language).catch(() => undefined);
    return words
      ? new Locale(tag, language, { ...ENGLISH, ...words })
      : new Locale('en', 'en', ENGLISH);
  }

  count(forms: Plural, count: number): string {
    const form = forms[new Intl.PluralRules(this.tag).select(count)] ?? forms.other ?? '';
    return form.replace('{}', this.number(count));
  }

  number(value: number): string {
    return value.toLocaleString(this.tag);
  }

  size(bytes: number): string {
    const isSmall = bytes < 1024 * 1024;
    return this.#unit(
      isSmall ? Math.ceil(bytes / 1024) : bytes / 1024 / 1024,
      isSmall ? 'kilobyte' : 'megabyte',
    );
  }

  seconds(ms: number): string {
    return this.#unit(Math.ceil(ms / 1000), 'second');
  }

  time(date: Date): string {
    return date.toLocaleTimeString(this.tag, { hour: 'numeric', minute: '2-digit' });
  }

  /** Today, yesterday, or the date. */
  day(date: Date, now = new Date()): string {
    const days = Math.round((midnight(date) - midnight(now)) / DAY_MS);
    if (days === 0 || days === -1) {
      return new Intl.RelativeTimeFormat(this.tag, { numeric: 'auto' }).format(days, 'day');
    }
    const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric';
    return date.toLocaleDateString(this.tag, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year,
    });
  }

  dateTime(date: Date): string {
    return date.toLocaleString(this.tag, { weekday: 'long', hour: 'numeric', minute: '2-digit' });
  }

  /** Why something failed, for a customer. */
  problem({ code, retryAfterMs }: Pick<ChatError, 'code' | 'retryAfterMs'>): string {
    const { wait, errors } = this.words;
    if (code === 'too_many') return wait.replace('{}', this.seconds(retryAfterMs ?? 60_000));
    return errors[isNamed(code, errors) ? code : 'invalid'];
  }

  #unit(value: number, unit: string): string {
    const unitDisplay = unit === 'second' ? 'long' : 'short';
    return value.toLocaleString(this.tag, {
      style: 'unit',
      unit,
      unitDisplay,
      maximumFractionDigits: 1,
    });
  }
}

function findTag(tags: readonly (string | null | undefined)[]): [tag: string, language: string] {
  for (const tag of tags) {
    const known = tag?.replaceAll('_', '-') ?? '';
    const language = known.split('-', 1)[0]?.toLowerCase() ?? '';
    if (LANGUAGES.includes(language)) return [isTag(known) ? known : language, language];
  }
  return ['en', 'en'];
}

function isNamed(code: ErrorCode, errors: Words['errors']): code is keyof Words['errors'] {
  return Object.hasOwn(errors, code);
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

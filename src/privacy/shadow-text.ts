/** Numeric references, and the few names that stand for what may stand between the digits of a number. */
const ENTITY =
  /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(nbsp|ensp|emsp|thinsp|hyphen|ndash|mdash|shy|commat|plus|zwj|zwnj));?/iy;

const NAMED: Readonly<Record<string, string>> = {
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  hyphen: '-',
  ndash: '-',
  mdash: '-',
  shy: '',
  commat: '@',
  plus: '+',
  zwj: '',
  zwnj: '',
};

/** What shows nothing, or only changes how the character before it looks. */
const UNSEEN = /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}\p{M}]/u;
const DIGIT = /\p{Nd}/u;
const DASH = /[\p{Pd}\u2212\u2043\u30fc]/u;
const SPACE = /[\p{Zs}\t]/u;
const PLAIN = /^[\x20-\x7e\n]*$/;

/** A range of a text, in UTF-16 units. */
export interface TextSpot {
  readonly start: number;
  readonly end: number;
}

/**
 * A text as it is read: digits of all scripts are `0` to `9`, all dashes `-`, all spaces a space, references such as
 * `&#52;` the character that they name, and what is invisible is left out. Each of its characters knows where it stands in
 * the original.
 */
export class ShadowText {
  readonly text: string;
  readonly #spots: readonly TextSpot[] | undefined;

  constructor(original: string) {
    if (PLAIN.test(original) && !original.includes('&')) {
      this.text = original;
      return;
    }
    const spots: Array<{ start: number; end: number }> = [];
    let text = '';
    for (let start = 0; start < original.length;) {
      const { read, end } = readAt(original, start);
      text += read;
      for (let unit = 0; unit < read.length; unit += 1) spots.push({ start, end });
      const marked = read === '' ? spots.at(-1) : undefined;
      if (marked) marked.end = end;
      start = end;
    }
    this.text = text;
    this.#spots = spots;
  }

  /** Where a range of this text, which is not empty, stands in the original. */
  originalOf({ start, end }: TextSpot): TextSpot {
    const [first, last] = [this.#spots?.[start], this.#spots?.[end - 1]];
    return first && last ? { start: first.start, end: last.end } : { start, end };
  }
}

function readAt(original: string, start: number): { read: string; end: number } {
  const code = original.codePointAt(start) ?? 0;
  if (code === 0x26) {
    ENTITY.lastIndex = start;
    const [entity = '', decimal, hex, name] = ENTITY.exec(original) ?? [];
    const read = entity && characterOf(decimal, hex, name);
    if (entity && read !== undefined) return { read, end: start + entity.length };
  }
  const character = String.fromCodePoint(code);
  return { read: plainOf(character, code), end: start + character.length };
}

function characterOf(
  decimal: string | undefined,
  hex: string | undefined,
  name: string | undefined,
): string | undefined {
  if (name !== undefined) return NAMED[name.toLowerCase()];
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  if (!(code > 0 && code <= 0x10_ff_ff)) return undefined;
  return plainOf(String.fromCodePoint(code), code);
}

function plainOf(character: string, code: number): string {
  if (code < 0x7f) return code < 0x20 && character !== '\n' && character !== '\t' ? '' : character;
  if (UNSEEN.test(character)) return '';
  if (DASH.test(character)) return '-';
  if (SPACE.test(character)) return ' ';
  const compatible = character.normalize('NFKC');
  if (/^[\x21-\x7e]$/.test(compatible)) return compatible;
  return DIGIT.test(character) ? String(valueOf(code)) : character;
}

/** The ten digits of each script stand in a row, and so may those of several scripts. */
function valueOf(code: number): number {
  let first = code;
  while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return (code - first) % 10;
}

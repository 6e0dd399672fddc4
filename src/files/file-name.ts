/** More characters than anybody reads. */
const MOST_CHARACTERS = 128;

/** Ends of lines, and characters that are invisible or reverse the text behind them. */
const HIDDEN = /[\p{Cc}\p{Co}\p{Cn}\u2028\u2029]|(?!\u200d)\p{Cf}/gu;

/** What joins no emoji is invisible. */
const STRAY_JOINER =
  /(?<![\p{Extended_Pictographic}\p{EMod}\ufe0f])\u200d|\u200d(?!\p{Extended_Pictographic})/gu;

/** What systems of customers and agents do not allow in names. */
const FORBIDDEN = /[<>:"|?*]/g;

const EXTENSION = /\.[a-z\d]{1,16}$/i;

/** A media type of which the bytes say nothing. */
const TEXT_EXTENSIONS: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'text/csv': 'csv',
  'text/html': 'html',
  'application/json': 'json',
  'image/svg+xml': 'svg',
};

/** The last part of a name without anything that hides or misleads; empty when nothing is left of it. */
export function cleanFileName(name: string): string {
  const visible = name.toWellFormed().normalize('NFC').replaceAll(HIDDEN, '');
  const last = visible.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
  const plain = last
    .replaceAll(STRAY_JOINER, '')
    .replaceAll(FORBIDDEN, '_')
    .replaceAll(/\s+/gu, ' ')
    .replace(/^ +|[ .]+$/g, '');
  return shorten(plain);
}

/** Names a file that has no name, such as `file.pdf`. */
export function defaultFileName(
  kind: string,
  extension: string | undefined,
  contentType: string,
): string {
  const stem = kind === 'document' ? 'file' : kind;
  const end = extension ?? TEXT_EXTENSIONS[contentType];
  return end ? `${stem}.${end}` : stem;
}

/** Cuts the stem, because the extension says how to open it. */
function shorten(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= MOST_CHARACTERS) return name;
  const [extension = ''] = EXTENSION.exec(name) ?? [];
  const stem = characters.slice(0, MOST_CHARACTERS - extension.length).join('');
  return stem.replace(/[\u200d ]+$/u, '') + extension;
}

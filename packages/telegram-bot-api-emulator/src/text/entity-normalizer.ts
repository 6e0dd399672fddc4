import type { TextEntity } from './formatted-text.interface.js';

/** Which of two entities over the same range comes first (td: MessageEntity.cpp). */
const PRIORITIES = {
  blockquote: 0,
  expandable_blockquote: 0,
  pre: 11,
  code: 20,
  text_link: 49,
  text_mention: 49,
  mention: 50,
  hashtag: 50,
  cashtag: 50,
  bot_command: 50,
  url: 50,
  email: 50,
  phone_number: 50,
  date_time: 50,
  bold: 90,
  italic: 91,
  underline: 92,
  strikethrough: 93,
  spoiler: 94,
  custom_emoji: 99,
} as const satisfies Record<TextEntity['type'], number>;

const SPLITTABLE = new Set<string>(['bold', 'italic', 'underline', 'strikethrough', 'spoiler']);
const QUOTES = new Set<string>(['blockquote', 'expandable_blockquote']);
const CODES = new Set<string>(['pre', 'code']);

const endOf = (entity: TextEntity): number => entity.offset + entity.length;

/** Sorts as Telegram does: by offset, the longer first, then by kind. */
export function sortEntities(entities: readonly TextEntity[]): TextEntity[] {
  return entities.toSorted(
    (one, other) =>
      one.offset - other.offset ||
      other.length - one.length ||
      PRIORITIES[one.type] - PRIORITIES[other.type],
  );
}

/**
 * Brings entities into the one form in which Telegram returns them: links and code never overlap,
 * quotes hold other entities whole, and bold, italic, underline, strikethrough and spoiler are
 * merged per kind and cut wherever another entity begins (td: MessageEntity.cpp, `fix_entities`).
 */
export function normalizeEntities(entities: readonly TextEntity[]): TextEntity[] {
  const sorted = sortEntities(entities.filter((entity) => entity.length > 0));
  const quotes = withoutOverlaps(sorted.filter((entity) => QUOTES.has(entity.type)));
  const others = withoutOverlaps(
    sorted.filter((entity) => !QUOTES.has(entity.type) && !SPLITTABLE.has(entity.type)),
  ).filter((entity) => !quotes.some((quote) => crosses(entity, quote)));
  const whole = [...others, ...quotes];
  const styles = cutStyles(
    sorted.filter((entity) => SPLITTABLE.has(entity.type)),
    whole,
  );
  return sortEntities([...whole, ...styles]);
}

function withoutOverlaps(sorted: readonly TextEntity[]): TextEntity[] {
  let end = 0;
  return sorted.filter((entity) => {
    if (entity.offset < end) return false;
    end = endOf(entity);
    return true;
  });
}

/** Whether an entity overlaps a quote without lying inside it. */
function crosses(entity: TextEntity, quote: TextEntity): boolean {
  const overlaps = entity.offset < endOf(quote) && quote.offset < endOf(entity);
  return overlaps && (entity.offset < quote.offset || endOf(entity) > endOf(quote));
}

function cutStyles(styles: readonly TextEntity[], whole: readonly TextEntity[]): TextEntity[] {
  const runs = mergeRuns(styles);
  const cuts = [
    ...runs.map((run) => run.offset),
    ...whole.flatMap((entity) => [entity.offset, endOf(entity)]),
  ].toSorted((one, other) => one - other);
  const codes = whole.filter((entity) => CODES.has(entity.type));
  return runs
    .flatMap((run) => cutRun(run, cuts))
    .filter(
      (piece) => !codes.some((code) => piece.offset < endOf(code) && code.offset < endOf(piece)),
    );
}

/** Joins what overlaps or touches, per kind. */
function mergeRuns(styles: readonly TextEntity[]): TextEntity[] {
  const runs: TextEntity[] = [];
  for (const style of styles) {
    const last = runs.findIndex((run) => run.type === style.type && endOf(run) >= style.offset);
    const run = runs[last];
    if (run) {
      const end = Math.max(endOf(run), endOf(style));
      runs[last] = { ...run, length: end - run.offset };
    } else {
      runs.push(style);
    }
  }
  return runs;
}

function cutRun(run: TextEntity, cuts: readonly number[]): TextEntity[] {
  const inside = cuts.filter((cut) => cut > run.offset && cut < endOf(run));
  const edges = [run.offset, ...inside, endOf(run)];
  return edges
    .slice(1)
    .map((end, index) => {
      const offset = edges[index] ?? run.offset;
      return { ...run, offset, length: end - offset };
    })
    .filter((piece) => piece.length > 0);
}

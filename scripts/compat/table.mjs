import { readFile, writeFile } from 'node:fs/promises';

const START = '<!-- compat:start -->';
const END = '<!-- compat:end -->';

const HEADER = `| row | Node | Nest | made by \`nest new\` | packages by | TypeScript | \`moduleResolution\` | ioredis, BullMQ | result |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |`;

/** What was seen of one row, as a line of the table. */
export function lineOf(row, { versions, failure, seconds }) {
  const redis = row.ioredis ? `${versions.ioredis}, ${versions.bullmq}` : 'in memory';
  const cells = [
    `\`${row.id}\``,
    versions.node,
    versions.nest ?? row.nest,
    row.scaffold,
    `${row.manager} ${versions.manager}`,
    versions.typescript ?? row.typescript,
    `\`${row.resolution}\``,
    redis,
    failure === undefined ? `passed in ${seconds} s` : `**failed**, ${failure}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Writes lines into a page, each in place of the former one of its row, in the order of the rows. */
export async function writeTable(page, rows, lines, about) {
  const text = await readFile(page, 'utf8');
  const [before, rest] = splitAt(text, START);
  const [former, after] = splitAt(rest, END);
  const known = new Map(former.split('\n').map((line) => [idOf(line), line]));
  const kept = rows.flatMap(({ id }) => lines.get(id) ?? known.get(id) ?? []);
  const table = [about, HEADER, ...kept].join('\n\n').replaceAll('|\n\n|', '|\n|');
  await writeFile(page, `${before}${START}\n\n${table}\n\n${END}${after}`);
}

function splitAt(text, marker) {
  const index = text.indexOf(marker);
  if (index === -1) throw new Error(`The page has no ${marker}`);
  return [text.slice(0, index), text.slice(index + marker.length)];
}

function idOf(line) {
  return /^\| `([\w-]+)`/.exec(line)?.[1];
}

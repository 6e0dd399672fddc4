import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const README = new URL('../../README.md', import.meta.url);

/**
 * Puts what a benchmark found into its place of the README, between two comments with its name.
 *
 * @throws When the README has no such place.
 */
export async function writeToReadme(name: string, text: string): Promise<void> {
  const readme = readFileSync(README, 'utf8');
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`bench/README.md lacks "${begin}" and "${end}"`);
  const changed = `${readme.slice(0, from + begin.length)}\n\n${text}\n\n${readme.slice(to)}`;
  const options = await resolveConfig(README);
  writeFileSync(README, await format(changed, { ...options, filepath: README.pathname }));
}

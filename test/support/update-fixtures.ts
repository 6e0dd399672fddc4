import { readFileSync, readdirSync } from 'node:fs';

const folder = new URL('../fixtures/updates/', import.meta.url);

/** A recorded update: the name says what it is, the text is what Telegram posts. */
export interface UpdateFixture {
  readonly name: string;
  readonly body: string;
}

/**
 * All recorded updates, in the order of their ids.
 *
 * @param reference The link that stands in the notices they answer.
 */
export function readUpdateFixtures(reference: string): UpdateFixture[] {
  return readdirSync(folder)
    .map((file) => ({
      name: file.replace('.json', ''),
      body: readFileSync(new URL(file, folder), 'utf8').replaceAll(
        'tg://thread?r=PLACEHOLDER',
        reference,
      ),
    }))
    .toSorted((a, b) => updateIdOf(a) - updateIdOf(b));
}

function updateIdOf({ body }: UpdateFixture): number {
  return Number(/"update_id": (\d+)/.exec(body)?.[1]);
}

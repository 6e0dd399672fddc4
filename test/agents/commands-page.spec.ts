import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { BUILT_IN_DESCRIPTIONS } from '../../src/agents/agents.constants.js';
import { EventLog } from '../support/topic-desk.js';
import { ReplyLog } from '../support/reply-log.js';
import { projectFolder } from '../support/run.js';
import { CommandDesk, wordsOf } from './command-desk.js';
import { OrderCommands, Orders, Payments } from './documented-commands.js';

const page = await readFile(join(projectFolder, 'docs/commands.md'), 'utf8');

/** TypeScript without its imports, as it is formatted. */
function codeOf(text: string): string {
  return text.replaceAll(/^import .*\n/gm, '').trim();
}

it('is the example that is tested here', async () => {
  const tested = await readFile(join(projectFolder, 'test/agents/documented-commands.ts'), 'utf8');
  const [, example = 'none'] = /```ts\n(.*?)```/s.exec(page) ?? [];
  expect(codeOf(tested)).toContain(codeOf(example));
});

it('names all built-in commands, in one table', () => {
  const table = page.slice(page.indexOf('| command '));
  const rows = table.split('\n').filter((line) => line.startsWith('| `/'));
  const names = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`\/(\w+)/g)]);
  const named = names.map(([, name = '']) => name);
  expect(named.toSorted()).toEqual(Object.keys(BUILT_IN_DESCRIPTIONS).toSorted());
});

it('has the example do what the page says', async () => {
  const desk = await CommandDesk.start(['memory', 'topics'], {
    // As decorated for apps that emit types, which tests here do not.
    providers: [
      ReplyLog,
      EventLog,
      Payments,
      Orders,
      {
        provide: OrderCommands,
        inject: [Payments, Orders],
        useFactory: (payments: Payments, orders: Orders) => new OrderCommands(payments, orders),
      },
    ],
  });
  onTestFinished(() => desk.stop());
  const card = await desk.open();
  const examples = page.match(/`\/refund 20[^`]*`|`\/refund reason=[^`]*`/g) ?? [];
  expect(new Set(examples).size).toBe(3);
  for (const example of new Set(examples)) {
    const answer = await desk.answerTo(desk.write(card, example.replaceAll('`', '')));
    expect(wordsOf(answer)).toBe('Refunded 20 €');
  }
  expect(desk.desk.app.get(Payments).refunds).toEqual(
    Array.from({ length: 3 }, () => ({
      threadId: 't1',
      amount: 20,
      by: 'Ada',
      idempotencyKey: expect.stringMatching(/^update:/),
    })),
  );
  const cancel = async (button: string): Promise<void> => {
    const label = (): boolean =>
      JSON.stringify(desk.desk.chat.messages.map(({ reply_markup: markup }) => markup)).includes(
        button,
      );
    await vi.waitUntil(label, { timeout: 20_000 });
    const shown = desk.desk.chat.messages.find(({ message_id: id }) => id === card.message_id);
    desk.ada.press(shown ?? card, button);
  };
  await cancel('Cancel order');
  await cancel('✅ Cancel order');
  expect(wordsOf(await desk.shows('is cancelled'))).toBe('Order of t1 is cancelled');
});

import { expect, it } from 'vitest';
import { splitArguments } from './split-arguments.js';

it.each<[string, string[]]>([
  ['', []],
  ['  \n\t ', []],
  ['20 not\n delivered', ['20', 'not', 'delivered']],
  ['20 "not  delivered" x', ['20', 'not  delivered', 'x']],
  ['“not delivered” „gar nicht“ «du tout»', ['not delivered', 'gar nicht', 'du tout']],
  ['reason="not delivered" amount=20', ['reason=not delivered', 'amount=20']],
  ['""', ['']],
  ['12" screen', ['12"', 'screen']],
  [`it's "open`, [`it's`, '"open']],
])('splits %j into %j', (text, words) => {
  expect(splitArguments(text)).toEqual(words);
});

it.each(['"', '“', '« ', '"a ', 'a"', 'a='])('splits 100,000 times %j in little time', (piece) => {
  const startedAtMs = performance.now();
  splitArguments(piece.repeat(100_000));
  expect(performance.now() - startedAtMs).toBeLessThan(5_000);
});

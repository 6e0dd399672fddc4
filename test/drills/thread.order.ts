/** Some messages of a thread that one process passed on together. */
export interface Block {
  /** The name of the process. */
  readonly instance: string;
  readonly numbers: readonly number[];
}

/** A block that begins where the one before it in its thread began. */
export interface Repeat<B extends Block> {
  readonly first: B;
  readonly again: B;
}

/**
 * Checks that the blocks of a thread show all messages from 0 in their order, and that what is shown
 * again is shown right after its first time.
 *
 * @returns What is shown again.
 * @throws {Error} When a message is missing or out of its order.
 */
export function repeatsIn<B extends Block>(blocks: readonly B[], total: number): Repeat<B>[] {
  const repeats: Repeat<B>[] = [];
  let shown = 0;
  let before: B | undefined;
  for (const block of blocks) {
    const [begin = -1] = block.numbers;
    if (block.numbers.some((number, i) => number !== begin + i)) throw disorder(blocks);
    if (before && before.numbers[0] === begin) repeats.push({ first: before, again: block });
    else if (begin !== shown) throw disorder(blocks);
    shown = Math.max(shown, begin + block.numbers.length);
    before = block;
  }
  if (shown !== total) throw disorder(blocks);
  return repeats;
}

function disorder(blocks: readonly Block[]): Error {
  const order = blocks.map(({ instance, numbers }) => `${instance}: ${numbers.join(' ')}`);
  return new Error(`Not all messages in their order:\n${order.join('\n')}`);
}

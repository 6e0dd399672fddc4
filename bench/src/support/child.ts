import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a child process sends: the answer to what it was asked, or why there is none. */
type Answer<T> = { readonly value: T } | { readonly error: string };

/** A part of a benchmark that has a process of its own, so that it does not disturb the others. */
export class Child {
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#process = child;
  }

  /** @param script Beside this folder, without its ending: `drain/drain.child`. */
  static start(script: string, execArgv: readonly string[] = []): Child {
    const path = fileURLToPath(new URL(`../${script}.js`, import.meta.url));
    return new Child(fork(path, [], { execArgv: [...execArgv] }));
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Asks the child, which answers one question after the other. */
  async ask<T>(question: string | object): Promise<T> {
    const answered = new Promise<Answer<T>>((resolve) => {
      const onExit = (code: number | null): void => resolve({ error: `exit code ${code}` });
      this.#process.once('exit', onExit);
      this.#process.once('message', (answer: Answer<T>) => {
        this.#process.off('exit', onExit);
        resolve(answer);
      });
    });
    this.#process.send(question);
    const answer = await answered;
    if ('error' in answer) throw new Error(`A child process failed: ${answer.error}`);
    return answer.value;
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = once(this.#process, 'exit');
    this.#process.kill();
    await exited;
  }
}

/** Starts a process, asks it one thing and ends it. */
export async function askChild<T>(script: string, question: string | object): Promise<T> {
  const child = Child.start(script);
  try {
    return await child.ask<T>(question);
  } finally {
    await child.stop();
  }
}

/** What a child process does with what it is asked; runs until it is ended. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- It names what the parent sends.
export function answerParent<Q>(answer: (question: Q) => Promise<unknown>): void {
  // The parent has ended, perhaps by a signal: nobody waits for an answer.
  process.once('disconnect', () => process.exit());
  process.once('SIGTERM', () => process.exit());
  process.on('message', (question: Q) => {
    answer(question).then(
      (value) => process.send?.({ value } satisfies Answer<unknown>),
      (error: unknown) => {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        process.send?.({ error: text } satisfies Answer<unknown>);
      },
    );
  });
}

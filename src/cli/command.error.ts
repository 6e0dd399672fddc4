/** A command cannot be carried out. Its message is one line for whoever gave it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

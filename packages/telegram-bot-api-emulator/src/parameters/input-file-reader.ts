import type { BotApiParameters } from './bot-api-parameters.js';
import type { UploadedFile } from './uploaded-file.interface.js';

/** A file of a call. */
export type InputFile =
  | { readonly type: 'upload'; readonly file: UploadedFile }
  /** A file id or a URL. */
  | { readonly type: 'remote'; readonly text: string };

const ATTACHED = 'attach://';

/** Reads a file parameter; undefined when there is none (telegram-bot-api, Client.cpp, `get_input_file`). */
export function readInputFile(parameters: BotApiParameters, name: string): InputFile | undefined {
  const file = parameters.files.get(name);
  if (file) return { type: 'upload', file };
  return readInputMedia(parameters, parameters.text(name));
}

/** Reads a file that is named by a text: `attach://` and the name of a part, a file id or a URL. */
export function readInputMedia(parameters: BotApiParameters, text: string): InputFile | undefined {
  if (text === '') return undefined;
  if (!text.startsWith(ATTACHED)) return { type: 'remote', text };
  const file = parameters.files.get(text.slice(ATTACHED.length));
  return file && { type: 'upload', file };
}

import { readFileSync } from 'node:fs';
import { WidgetFile } from './widget-file.js';

const LANGUAGE = /^[a-z]{2}$/;
const CONTENT_TYPES = {
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const;

/** Where the files are, or why nobody knows. */
type Folder = { readonly url: URL } | { readonly unknownBecause: unknown };

/** The files of the widget, each read and compressed when it is first asked for. */
export class WidgetFiles {
  readonly #files = new Map<string, WidgetFile>();
  readonly #folder: Folder;

  private constructor(folder: Folder) {
    this.#folder = folder;
  }

  /** Jest makes CommonJS of this package, which has no `import.meta`: then the chat works, and the widget is not served. */
  static async create(): Promise<WidgetFiles> {
    const folder = await import('./widget-folder.js').then(
      ({ WIDGET_FOLDER: url }): Folder => ({ url }),
      (unknownBecause: unknown): Folder => ({ unknownBecause }),
    );
    return new WidgetFiles(folder);
  }

  /**
   * The script of the widget.
   *
   * @throws {@link Error} When the package has been bundled without it.
   */
  script(): WidgetFile {
    return this.#read('support-chat', 'js');
  }

  /** What the widget says in another language than English; undefined for one that it does not speak. */
  words(language: string): WidgetFile | undefined {
    if (!LANGUAGE.test(language)) return undefined;
    try {
      return this.#read(language, 'json');
    } catch {
      return undefined;
    }
  }

  #read(name: string, extension: keyof typeof CONTENT_TYPES): WidgetFile {
    const known = this.#files.get(name);
    if (known) return known;
    const content = readBuilt(this.#folder, `${name}.${extension}`);
    const file = new WidgetFile(content, CONTENT_TYPES[extension], extension);
    this.#files.set(name, file);
    return file;
  }
}

function readBuilt(folder: Folder, name: string): Buffer {
  if ('unknownBecause' in folder) {
    const problem = 'The widget is not served where the package was made CommonJS, as by Jest';
    throw new Error(`${problem}: test pages in a process of their own`, {
      cause: folder.unknownBecause,
    });
  }
  const url = new URL(name, folder.url);
  try {
    return readFileSync(url);
  } catch (cause) {
    const remedy =
      'keep nestjs-telegram-support out of the bundle of the server, or, in its repository, run `npm run build`';
    throw new Error(`The file of the widget ${url.pathname} cannot be read: ${remedy}`, { cause });
  }
}

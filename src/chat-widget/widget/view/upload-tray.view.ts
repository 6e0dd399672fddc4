import type { ChatApi } from '../api/chat-api.js';
import type { UploadLimits } from '../../api/views.interface.js';
import type { Locale } from '../locales/locale.js';
import { PendingUpload } from '../state/pending-upload.js';
import { button, h, setText } from './dom.js';
import { icon } from './icons.js';

interface Line {
  readonly upload: PendingUpload;
  readonly element: HTMLElement;
  readonly bar: HTMLProgressElement;
  readonly problem: HTMLElement;
  readonly retry: HTMLButtonElement;
}

/** The files of the message that is being written. Each is uploaded at once. */
export class UploadTray {
  readonly element = h('div', { class: 'tray', role: 'group' });
  readonly #lines: Line[] = [];
  readonly #note: HTMLElement;

  constructor(
    private readonly api: ChatApi,
    private readonly locale: Locale,
    /** Pictures of uploads by their id, for messages that are on their way. */
    private readonly previews: Map<string, string>,
    private readonly onChange: () => void,
  ) {
    this.element.setAttribute('aria-label', locale.words.attach);
    this.#note = h('small', { role: 'status' });
    this.element.append(this.#note);
    this.element.hidden = true;
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  get isReady(): boolean {
    return this.#lines.every(({ upload }) => upload.view);
  }

  get hasFailed(): boolean {
    return this.#lines.some(({ upload }) => upload.error);
  }

  add(files: Iterable<File>, limits: UploadLimits): void {
    const { words } = this.locale;
    let isFull = false;
    for (const file of files) {
      isFull = this.#lines.length >= limits.maxFiles;
      if (!isFull) this.#addLine(file, limits);
    }
    const count = words.limitCount.replace('{}', this.locale.number(limits.maxFiles));
    const known = `${count}, ${words.limitSize.replace('{}', this.locale.size(limits.maxBytes))}`;
    setText(this.#note, isFull ? `${words.tooMany}. ${known}` : known);
    this.#update();
  }

  /** The uploads of the message, which is sent now. */
  take(): PendingUpload[] {
    const uploads = this.#lines.splice(0).map(({ upload, element }) => {
      element.remove();
      return upload;
    });
    for (const { view, file } of uploads) {
      if (view && /^image\/(?!svg)/.test(file.type)) {
        this.previews.set(view.id, URL.createObjectURL(file));
      }
    }
    this.#update();
    return uploads;
  }

  clear(): void {
    while (this.#lines[0]) this.#remove(this.#lines[0].upload);
  }

  #addLine(file: File, limits: UploadLimits): void {
    const { words } = this.locale;
    const upload = new PendingUpload(file, this.api, limits, () => this.#update());
    const bar = h('progress', { max: 1, value: 0, 'aria-label': file.name });
    const problem = h('small', { class: 'danger', role: 'alert' });
    const retry = button({ onclick: () => void upload.start() }, words.retry);
    const remove = button(
      {
        'aria-label': `${words.remove}: ${file.name}`,
        onclick: () => this.#remove(upload),
      },
      icon('close'),
    );
    const name = h('span', { class: 'name', dir: 'auto' }, file.name);
    const element = h('div', { class: 'upload' }, icon('file'), name, bar, problem, retry, remove);
    this.element.insertBefore(element, this.#note);
    this.#lines.push({ upload, element, bar, problem, retry });
  }

  #remove(upload: PendingUpload): void {
    upload.cancel();
    const index = this.#lines.findIndex((line) => line.upload === upload);
    if (index >= 0) this.#lines.splice(index, 1)[0]?.element.remove();
    this.#update();
  }

  /** Elsewhere it is a text that is too large. */
  #problemOf({ error: code }: PendingUpload): string {
    if (code === 'too_large') return this.locale.words.fileTooLarge;
    return code ? this.locale.problem({ code }) : '';
  }

  #update(): void {
    for (const { upload, bar, problem, retry } of this.#lines) {
      bar.value = upload.view ? 1 : upload.progress;
      bar.hidden = !upload.isRunning;
      setText(problem, this.#problemOf(upload));
      retry.hidden = !upload.error || upload.isRefused;
    }
    this.element.hidden = this.isEmpty;
    this.onChange();
  }
}

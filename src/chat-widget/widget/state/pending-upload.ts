import type { ChatApi } from '../api/chat-api.js';
import { ChatError, type ErrorCode } from '../api/chat-error.js';
import { uploadFile } from '../api/upload-request.js';
import type { UploadLimits, UploadView } from '../../api/views.interface.js';

/** A file on its way to the server. */
export class PendingUpload {
  /** From 0 to 1. */
  progress = 0;
  view: UploadView | undefined;
  error: ErrorCode | undefined;
  /** Whether a repeat would be of no use. */
  readonly isRefused: boolean;
  readonly #cancellation = new AbortController();

  constructor(
    readonly file: File,
    private readonly api: ChatApi,
    limits: UploadLimits,
    private readonly onChange: () => void,
  ) {
    this.error = refusalOf(file, limits);
    this.isRefused = this.error !== undefined;
    if (!this.isRefused) void this.start();
  }

  get isRunning(): boolean {
    return !this.view && !this.error;
  }

  async start(): Promise<void> {
    this.error = undefined;
    try {
      this.view = await uploadFile(
        this.api,
        this.file,
        (part) => {
          this.progress = part;
          this.onChange();
        },
        this.#cancellation.signal,
      );
    } catch (error) {
      const { code, isTemporary } = ChatError.of(error);
      this.error = code;
      const retry = (): void => void (this.error && this.start());
      const { signal } = this.#cancellation;
      if (isTemporary) addEventListener('online', retry, { once: true, signal });
    }
    this.onChange();
  }

  cancel(): void {
    this.#cancellation.abort();
  }
}

/** What the server would say, said before anything is sent. */
export function refusalOf(
  { size, type, name }: Pick<File, 'size' | 'type' | 'name'>,
  { maxBytes, types = [] }: UploadLimits,
): ErrorCode | undefined {
  if (size > maxBytes) return 'too_large';
  const isAllowed = types.some((pattern) => {
    if (pattern.startsWith('.')) return name.toLowerCase().endsWith(pattern.toLowerCase());
    if (pattern === '*/*' || pattern === type) return true;
    return pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1));
  });
  return types.length && !isAllowed ? 'unsupported_type' : undefined;
}

import type { ChatApi } from '../api/chat-api.js';
import type { StreamEvent, StreamReader } from './stream-event.js';
import { ThreadStream } from './thread-stream.js';

/** How long the tab that reads the stream may be silent before another one takes its place. */
const LEADER_SILENCE_MS = 60_000;
const ALIVE = 'alive';
type Posted = StreamEvent | typeof ALIVE;

/**
 * One stream for all tabs that show a thread. The tab with the lock reads it and tells the others; when it ends, however
 * it ends, the browser gives the lock to the next. Without Web Locks (pages without HTTPS) each tab has its own stream.
 */
export class SharedStream {
  constructor(
    private readonly api: ChatApi,
    private readonly reader: StreamReader,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    const channel = openChannel(`support-chat:${this.reader.threadId}`);
    if (!channel) return new ThreadStream(this.api, this.reader).run(signal);
    try {
      await this.#share(channel, signal);
    } finally {
      channel.close();
    }
  }

  async #share(channel: BroadcastChannel, signal: AbortSignal): Promise<void> {
    const { threadId } = this.reader;
    let heardAt = Date.now();
    channel.addEventListener('message', ({ data }: MessageEvent<Posted>) => {
      heardAt = Date.now();
      if (data !== ALIVE) this.reader.onEvent(data);
    });
    const stream = new ThreadStream(
      this.api,
      {
        threadId,
        cursor: () => this.reader.cursor(),
        onEvent: (event) => {
          channel.postMessage(event);
          this.reader.onEvent(event);
        },
      },
      () => channel.postMessage(ALIVE),
    );
    let steal = false;
    while (!signal.aborted) {
      const silence = new AbortController();
      const stop = (): void => silence.abort();
      signal.addEventListener('abort', stop);
      heardAt = Date.now();
      const timer = setInterval(() => {
        if (Date.now() - heardAt < LEADER_SILENCE_MS) return;
        steal = true;
        stop();
      }, 5000);
      await lead(channel.name, steal, silence.signal, (lost) => {
        steal = false;
        clearInterval(timer);
        return stream.run(lost);
      });
      clearInterval(timer);
      signal.removeEventListener('abort', stop);
    }
  }
}

/** Waits for the lock and works while it is held. Ends without an error when the wait is aborted or the lock is taken away. */
async function lead(
  name: string,
  steal: boolean,
  signal: AbortSignal,
  work: (lost: AbortSignal) => Promise<void>,
): Promise<void> {
  const lost = new AbortController();
  signal.addEventListener('abort', () => lost.abort());
  try {
    await navigator.locks.request(name, steal ? { steal } : { signal }, () => work(lost.signal));
  } catch (error) {
    const isEnd = error instanceof DOMException && error.name === 'AbortError';
    // A page that may have no locks reads the stream alone.
    if (!isEnd) await work(lost.signal);
  } finally {
    lost.abort();
  }
}

function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return 'locks' in navigator ? new BroadcastChannel(name) : undefined;
  } catch {
    // A sandboxed page, or storage that is blocked.
    return undefined;
  }
}

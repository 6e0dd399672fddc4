import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FileStore } from '../files/file-store.js';
import type { Site } from '../http/site.interface.js';
import type { WorldChanges } from '../world/world-changes.js';
import type { PageActions } from './page-actions.js';
import type { PageAssets } from './page-assets.js';
import { readAction, readUpload } from './page-body.js';
import { PageError } from './page.error.js';
import type { PageFeed } from './page-feed.js';
import { PageFileSender } from './page-file-sender.js';
import type { PageGuard } from './page-guard.js';
import type { PageState } from './page-state.js';
import { readHistoryQuery, readUploadQuery } from './page-query.js';
import type { RoomKeys } from './room-keys.js';
import type { UploadShelf } from './upload-shelf.js';

/** What the page is served by. */
export interface PageSiteContext {
  readonly guard: PageGuard;
  readonly assets: PageAssets;
  readonly feed: PageFeed;
  readonly state: PageState;
  readonly keys: RoomKeys;
  readonly actions: PageActions;
  readonly uploads: UploadShelf;
  readonly files: FileStore;
  readonly changes: WorldChanges;
}

const ROOT = '/page/';

/** Answers the requests of the page, as `page-protocol.ts` says. */
export class PageSite implements Site {
  readonly #context: PageSiteContext;
  readonly #files: PageFileSender;

  constructor(context: PageSiteContext) {
    this.#context = context;
    this.#files = new PageFileSender(context.files);
  }

  has({ url = '' }: IncomingMessage): boolean {
    return url.startsWith(ROOT) || /^\/page(?:\?|$)/.test(url);
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { guard } = this.#context;
    guard.protect(response);
    try {
      guard.check(request);
      if (request.method === 'GET') await this.#get(request, response);
      else if (request.method === 'POST') await this.#post(request, response);
      else throw new PageError(405, 'The page takes GET and POST');
    } catch (error) {
      refuse(response, error);
    }
  }

  changed(): void {
    this.#context.changes.emit({ kind: 'faults' });
  }

  /** Stops to listen to the world. */
  close(): void {
    this.#context.feed.close();
  }

  async #get(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { guard, assets, feed, state, keys } = this.#context;
    const { path, query } = split(request);
    if (path === undefined) {
      response.writeHead(308, { Location: ROOT }).end();
    } else if (path === 'events') {
      feed.open(response);
    } else if (path === 'messages') {
      const { chat, before, topicId } = readHistoryQuery(query);
      sendJson(response, 200, state.messagesBefore(keys.find(chat), before, topicId));
    } else if (path.startsWith('files/')) {
      await this.#files.send(path.slice('files/'.length), request, response);
    } else {
      guard.allowPage(response);
      await assets.send(path, request, response);
    }
  }

  async #post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { actions, uploads } = this.#context;
    const { path, query } = split(request);
    if (path === 'actions') {
      sendJson(response, 200, await actions.perform(await readAction(request)));
    } else if (path === 'uploads') {
      const named = readUploadQuery(query);
      const upload = uploads.add({ ...named, bytes: await readUpload(request) });
      sendJson(response, 200, { ok: true, upload });
    } else {
      throw new PageError(404, `There is nothing to post to at ${path ?? ROOT}`);
    }
  }
}

/** The path below the page, undefined when it lacks the slash, and the query. */
function split({ url = '' }: IncomingMessage): {
  readonly path: string | undefined;
  readonly query: URLSearchParams;
} {
  const [path = '', query] = url.split(/\?(.*)/s);
  return {
    path: path.startsWith(ROOT) ? path.slice(ROOT.length) : undefined,
    query: new URLSearchParams(query),
  };
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}

function refuse(response: ServerResponse, error: unknown): void {
  // Too late to say anything, or nobody is there to hear it.
  if (response.headersSent || response.destroyed) response.destroy();
  else if (error instanceof PageError) {
    sendJson(response, error.status, { ok: false, error: error.message });
  } else {
    const words = `The page failed inside the emulator: ${String(error)}`;
    sendJson(response, 500, { ok: false, error: words });
  }
}

import { Readable } from 'node:stream';
import { isUint8Array } from 'node:util/types';
import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DecoratedMethodExplorer } from '../discovery/decorated-method-explorer.js';
import { LoadedMethods } from '../discovery/loaded-methods.js';
import { kindOf } from '../errors/kind-of.js';
import { LOAD_ATTACHMENT, type LoadAttachmentOptions } from './load-attachment.decorator.js';
import { UnusableFileError } from './unusable-file.error.js';

/** Calls the app's `@LoadAttachment()` methods. */
@Injectable()
export class AttachmentLoaders {
  readonly #methods: LoadedMethods<string, LoadAttachmentOptions>;

  constructor(
    explorer: DecoratedMethodExplorer,
    modules: ModulesContainer,
    private readonly settings: TelegramSettings,
  ) {
    this.#methods = new LoadedMethods(explorer, modules, LOAD_ATTACHMENT);
  }

  /** Searches the methods, so that the log says at boot which of them are not called. */
  start(): void {
    this.#methods.all();
  }

  /**
   * What the first method returns that knows the id.
   *
   * @throws {@link UnusableFileError} When none does, or it returns something else than bytes.
   * @throws What a method throws.
   */
  async open(id: string, signal: AbortSignal): Promise<Readable> {
    const methods = this.#methods.ofDesk(this.settings);
    for (const { name, handle } of methods) {
      const loaded = await handle(id, signal);
      if (loaded !== null && loaded !== undefined) return streamOf(loaded, name);
    }
    throw new UnusableFileError(
      methods.length === 0
        ? 'the app has no method with @LoadAttachment()'
        : 'the app does not have it any more',
    );
  }
}

function streamOf(loaded: unknown, name: string): Readable {
  if (isUint8Array(loaded)) return Readable.from([loaded]);
  if (loaded instanceof Readable) return loaded;
  if (isAsyncIterable(loaded)) return Readable.from(loaded);
  throw new UnusableFileError(`${name}() returned ${kindOf(loaded)} instead of a stream or bytes`);
}

/** Such as a stream of the web, or of another copy of the streams of Node. */
function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

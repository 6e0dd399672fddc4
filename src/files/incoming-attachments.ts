import { Injectable } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import { messageFiles, type FileFacts } from '../updates/message-files.js';
import { messageRefOf } from '../updates/message-ref-of.js';
import { FileLinks } from './file-links.js';
import type { IncomingAttachment, IncomingFile } from './incoming-attachment.interface.js';
import { TelegramFileReader } from './telegram-file-reader.js';

/** Whose thread the files belong to. */
export interface FileOwner {
  readonly desk: string;
  readonly threadId: string;
}

/** Makes the attachments of a reply of the messages that it consists of. */
@Injectable()
export class IncomingAttachments {
  constructor(
    private readonly reader: TelegramFileReader,
    private readonly links: FileLinks,
  ) {}

  /** In the order of the messages. */
  of(messages: readonly Message[], owner: FileOwner): IncomingAttachment[] {
    return messages
      .flatMap((raw) => messageFiles(raw).map((file) => ({ ...file, message: messageRefOf(raw) })))
      .map(({ kind, message, name, durationMs, text, thumbnail, ...facts }) => ({
        kind,
        message,
        ...(name !== undefined && { name }),
        ...(durationMs !== undefined && { durationMs }),
        text,
        ...(thumbnail && { thumbnail: this.#file(thumbnail, owner) }),
        ...this.#file({ ...facts, ...(name !== undefined && { name }) }, owner),
      }));
  }

  #file(
    { fileId, name, ...facts }: FileFacts & { readonly name?: string },
    owner: FileOwner,
  ): IncomingFile {
    const { contentType, size } = facts;
    return {
      ...facts,
      url: this.links.urlOf({ ...owner, fileId, name, contentType, size }),
      open: async () => {
        const file = await this.reader.find(fileId);
        return file.open();
      },
    };
  }
}

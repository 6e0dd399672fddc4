import { Injectable } from '@nestjs/common';
import { FileLinks } from '../../files/file-links.js';
import { EventPresenter } from '../stream/event-presenter.js';
import type {
  TranscriptAttachment,
  TranscriptMessage,
  TranscriptThread,
} from '../transcripts/transcript.interface.js';
import { UploadLinks } from '../uploads/upload-links.js';
import type { AttachmentView, MessageView, ThreadView } from './views.interface.js';

/** Makes what customers see of what is stored. Links are signed anew each time. */
@Injectable()
export class ChatPresenter extends EventPresenter {
  constructor(
    private readonly fileLinks: FileLinks,
    private readonly uploadLinks: UploadLinks,
  ) {
    super();
  }

  override message(thread: TranscriptThread, message: TranscriptMessage): MessageView {
    const { id, number, changed, author, text, html, attachments = [] } = message;
    const { replyTo, event, reactions, sentAt, editedAt, deletedAt } = message;
    const { kind, name } = author;
    return {
      id,
      number,
      changed,
      author: { kind, ...(name !== undefined && { name }) },
      mine: kind === 'customer',
      ...(text !== undefined && { text }),
      ...(html !== undefined && { html }),
      ...(attachments.length > 0 && {
        attachments: attachments.map((file) => this.#attachment(thread.threadId, file)),
      }),
      ...(replyTo && { replyTo }),
      ...(event && { event }),
      ...(reactions && { reactions }),
      sentAt: sentAt.toISOString(),
      ...(editedAt && { editedAt: editedAt.toISOString() }),
      ...(deletedAt && { deletedAt: deletedAt.toISOString() }),
    };
  }

  override thread(thread: TranscriptThread): ThreadView {
    const { threadId, subject, status, changed, lastNumber, rating, createdAt, updatedAt } = thread;
    return {
      id: threadId,
      ...(subject !== undefined && { subject }),
      status,
      changed,
      cursor: lastNumber,
      readByCustomer: thread.readByCustomer,
      readByAgents: thread.readByAgents,
      unread: thread.unread,
      ...(rating && { rating }),
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    };
  }

  #attachment(threadId: string, file: TranscriptAttachment): AttachmentView {
    const { source, ...facts } = file;
    if ('uploadId' in source) return { ...facts, url: this.uploadLinks.pathOf(source.uploadId) };
    const { desk, fileId, thumbnailFileId } = source;
    const { name, contentType, size } = file;
    const thumbnail = thumbnailFileId && { desk, threadId, fileId: thumbnailFileId };
    return {
      ...facts,
      url: this.fileLinks.urlOf({ desk, threadId, fileId, name, contentType, size }),
      ...(thumbnail && { thumbnailUrl: this.fileLinks.urlOf(thumbnail) }),
    };
  }
}

import type { Message, PhotoSize } from '@grammyjs/types';
import type { FileStore } from './file-store.js';
import type { StoredFile } from './stored-file.js';

/** The fields of a message that a file makes. */
export function createMediaContent(store: FileStore, file: StoredFile): Partial<Message> {
  const { width = 0, height = 0, durationSeconds: duration = 0, fileName, mimeType } = file;
  const base = {
    file_id: store.idOf(file),
    file_unique_id: store.uniqueIdOf(file),
    file_size: file.size,
  };
  const named = {
    ...(fileName !== undefined && { file_name: fileName }),
    ...(mimeType !== undefined && { mime_type: mimeType }),
  };
  switch (file.kind) {
    case 'photo':
      return { photo: (file.sizes ?? [file]).map((size) => createPhotoSize(store, size)) };
    case 'document':
      return { document: { ...named, ...base } };
    case 'animation':
      // Older clients find an animation as a document.
      return {
        animation: { ...named, duration, width, height, ...base },
        document: { ...named, ...base },
      };
    case 'video':
      return { video: { duration, width, height, ...named, ...base } };
    case 'audio':
      return {
        audio: {
          duration,
          ...named,
          ...(file.title !== undefined && { title: file.title }),
          ...(file.performer !== undefined && { performer: file.performer }),
          ...base,
        },
      };
    case 'voice':
      return {
        voice: { duration, ...(mimeType !== undefined && { mime_type: mimeType }), ...base },
      };
    case 'video_note':
      return { video_note: { duration, length: width, ...base } };
    case 'sticker':
      return {
        sticker: {
          type: 'regular',
          width,
          height,
          is_animated: false,
          is_video: false,
          ...(file.emoji !== undefined && { emoji: file.emoji }),
          ...base,
        },
      };
  }
}

function createPhotoSize(store: FileStore, file: StoredFile): PhotoSize {
  return {
    file_id: store.idOf(file),
    file_unique_id: store.uniqueIdOf(file),
    file_size: file.size,
    width: file.width ?? 0,
    height: file.height ?? 0,
  };
}

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
  const small = file.thumbnail && { thumbnail: createPhotoSize(store, file.thumbnail) };
  const named = {
    ...(fileName !== undefined && { file_name: fileName }),
    ...(mimeType !== undefined && { mime_type: mimeType }),
  };
  switch (file.kind) {
    case 'photo':
      return { photo: createPhotoSizes(store, file) };
    case 'document':
      return { document: { ...named, ...small, ...base } };
    case 'animation':
      // Older clients find an animation as a document.
      return {
        animation: { ...named, duration, width, height, ...small, ...base },
        document: { ...named, ...small, ...base },
      };
    case 'live_photo': {
      // Older clients find a live photo as a photo.
      const photo = file.still ? createPhotoSizes(store, file.still) : [];
      const type = mimeType !== undefined && { mime_type: mimeType };
      return { live_photo: { photo, duration, width, height, ...type, ...base }, photo };
    }
    case 'video':
      return { video: { duration, width, height, ...named, ...small, ...base } };
    case 'audio':
      return {
        audio: {
          duration,
          ...named,
          ...(file.title !== undefined && { title: file.title }),
          ...(file.performer !== undefined && { performer: file.performer }),
          ...small,
          ...base,
        },
      };
    case 'voice':
      return {
        voice: { duration, ...(mimeType !== undefined && { mime_type: mimeType }), ...base },
      };
    case 'video_note':
      return { video_note: { duration, length: width, ...small, ...base } };
    case 'sticker':
      return {
        sticker: {
          type: 'regular',
          width,
          height,
          is_animated: file.stickerFormat === 'animated',
          is_video: file.stickerFormat === 'video',
          ...small,
          ...(file.emoji !== undefined && { emoji: file.emoji }),
          ...base,
        },
      };
    case 'thumbnail':
      throw new Error('A thumbnail is a part of another file, and no message of its own');
  }
}

/** All sizes of a photo, the smallest first. */
export function createPhotoSizes(store: FileStore, file: StoredFile): PhotoSize[] {
  return (file.sizes ?? [file]).map((size) => createPhotoSize(store, size));
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

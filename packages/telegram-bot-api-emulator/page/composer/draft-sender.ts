import type { PageActor, PageFile } from '../../src/page/page-action.interface.js';
import type { PageServices } from '../shell/page-services.js';
import type { Draft } from '../state/drafts.js';
import type { Place } from '../state/place.js';

/** How many files Telegram takes as one album. */
const ALBUM_SIZE = 10;

/** Sends what was written: a message, files as an album, or the new text of a message. */
export class DraftSender {
  readonly #services: PageServices;

  constructor(services: PageServices) {
    this.#services = services;
  }

  /** @returns False when it was refused, and the draft is to stay. */
  async send(place: Place, draft: Draft, as: PageActor): Promise<boolean> {
    if (draft.editing !== undefined) return this.#edit(place, draft.editing, draft.text, as);
    if (draft.files.length > 0) return this.#sendFiles(place, draft, as);
    const text = draft.text.trim();
    if (text === '') return false;
    const done = await this.#services.perform({
      type: 'write',
      ...targetOf(place, draft, as),
      text,
    });
    return done !== undefined;
  }

  async #edit({ chat }: Place, messageId: number, text: string, as: PageActor): Promise<boolean> {
    const done = await this.#services.perform({
      type: 'edit',
      chat,
      as,
      messageId,
      text: text.trim(),
    });
    return done !== undefined;
  }

  async #sendFiles(place: Place, draft: Draft, as: PageActor): Promise<boolean> {
    const files: PageFile[] = [];
    const kinds = draft.files.map(albumOf);
    for (const file of draft.files) {
      const upload = await this.#services.attempt(() => this.#services.client.upload(file));
      if (upload === undefined) return false;
      files.push({ upload, ...kindOf(file) });
    }
    const caption = draft.text.trim();
    const [first, ...others] = files;
    if (!first) return false;
    const captioned = [caption === '' ? first : { ...first, caption }, ...others];
    const albums = inAlbums(captioned.map((file, index) => ({ file, album: kinds[index] })));
    // Only texts quote.
    const target = targetOf(place, { ...draft, reply: withoutQuote(draft.reply) }, as);
    for (const album of albums) {
      const done = await this.#services.perform({ type: 'sendFiles', ...target, files: album });
      if (!done) return false;
    }
    return true;
  }
}

/** Which files stand in one album: pictures and videos, music, other files. Undefined for none. */
function albumOf({ type }: File): string | undefined {
  if (type === 'image/gif' || type.startsWith('audio/ogg')) return undefined;
  if (/^image\/(?:jpeg|png)$|^video\//.test(type)) return 'visual';
  return type.startsWith('audio/') ? 'audio' : 'document';
}

function inAlbums(
  files: readonly { readonly file: PageFile; readonly album: string | undefined }[],
): PageFile[][] {
  const albums: { readonly album: string | undefined; readonly files: PageFile[] }[] = [];
  for (const { file, album } of files) {
    const open = albums.find(
      (other) => album !== undefined && other.album === album && other.files.length < ALBUM_SIZE,
    );
    if (open) open.files.push(file);
    else albums.push({ album, files: [file] });
  }
  return albums.map((album) => album.files);
}

function withoutQuote(reply: Draft['reply']): Draft['reply'] {
  return reply && { messageId: reply.messageId };
}

function targetOf(
  { chat, topicId }: Place,
  { reply }: Draft,
  as: PageActor,
): {
  readonly chat: string;
  readonly as: PageActor;
  readonly topicId?: number;
  readonly replyTo?: { readonly messageId: number; readonly quote?: string };
} {
  return {
    chat,
    as,
    ...(topicId !== undefined && { topicId }),
    ...(reply && {
      replyTo: {
        messageId: reply.messageId,
        ...(reply.quote !== undefined && { quote: reply.quote }),
      },
    }),
  };
}

/** What a file is sent as; of the others the emulator knows. */
function kindOf({ type }: File): Pick<PageFile, 'kind'> {
  if (type.startsWith('video/')) return { kind: 'video' };
  if (type.startsWith('audio/ogg')) return { kind: 'voice' };
  if (type.startsWith('audio/')) return { kind: 'audio' };
  return type === 'image/gif' ? { kind: 'animation' } : {};
}

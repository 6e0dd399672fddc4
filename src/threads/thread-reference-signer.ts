import { timingSafeEqual } from 'node:crypto';
import type { MessageEntity } from '@grammyjs/types';
import type { Secret } from '../secrets/secret.js';

/**
 * A link that no app opens. The data stands in the query because Telegram lower-cases the host and
 * keeps the query as it is (tdlib/td, LinkManager.cpp, check_link_impl).
 */
const LINK = 'tg://thread?r=';

/** 128 bits cannot be guessed, and keep the link at 84 bytes for a UUID. */
const SIGNATURE_BYTES = 16;

/**
 * Signs the id of a thread into a link that each notice carries hidden. Telegram sends the whole notice
 * along with a reply to it, so the reply finds its thread even when the mapping has expired.
 */
export class ThreadReferenceSigner {
  readonly #key: Secret;

  constructor(key: Secret) {
    this.#key = key;
  }

  /** The link that refers to the thread: 36 characters and 4 for each 3 bytes of its id. */
  link(threadId: string): string {
    const id = Buffer.from(threadId, 'utf8');
    const signature = this.#key.sign(threadId, SIGNATURE_BYTES);
    return LINK + Buffer.concat([signature, id]).toString('base64url');
  }

  /** The thread that the first genuine reference among a message's entities names, or null. */
  find(entities: readonly MessageEntity[]): string | null {
    for (const entity of entities) {
      const threadId = entity.type === 'text_link' ? this.#read(entity.url) : null;
      if (threadId !== null) return threadId;
    }
    return null;
  }

  #read(url: string): string | null {
    if (!url.startsWith(LINK)) return null;
    const data = Buffer.from(url.slice(LINK.length), 'base64url');
    if (data.length <= SIGNATURE_BYTES) return null;
    const threadId = data.subarray(SIGNATURE_BYTES).toString('utf8');
    // Compare the whole link, because several texts decode to the same bytes.
    const [genuine, given] = [Buffer.from(this.link(threadId)), Buffer.from(url)];
    const isGenuine = genuine.length === given.length && timingSafeEqual(genuine, given);
    return isGenuine ? threadId : null;
  }
}

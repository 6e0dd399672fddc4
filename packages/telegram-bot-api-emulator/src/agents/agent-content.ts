import type { Message } from '@grammyjs/types';
import { createMediaContent } from '../files/media-content.js';
import type { FileKind } from '../files/stored-file.js';
import { hasCaption } from '../sending/message-kinds.js';
import { finishText } from '../text/text-finisher.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import { textContent } from '../world/message-composer.js';
import { type AgentFile, storeAgentFile } from './agent-file.js';

/** Makes the content of a message of what a person types or attaches. */
export class AgentContent {
  readonly #world: EmulatedWorld;

  constructor(world: EmulatedWorld) {
    this.#world = world;
  }

  /** The text with what Telegram makes clickable in it; nothing for an empty one beside other fields. */
  text(text: string, extra: Partial<Message> = {}): Partial<Message> {
    const { message_thread_id: _threadId, ...said } = extra;
    if (text === '' && Object.keys(said).length > 0) return {};
    const finished = finishText({ text, entities: [] });
    return textContent(finished, (id) => this.#world.findUser(id));
  }

  /** The same as a caption; nothing for an empty one. */
  caption(caption: string): Partial<Message> {
    if (caption === '') return {};
    const { text, entities } = this.text(caption);
    return { caption: text, ...(entities && { caption_entities: entities }) };
  }

  /** @throws {Error} When a file of this kind has no caption. */
  media(kind: FileKind, file: AgentFile, caption: string): Partial<Message> {
    const { files } = this.#world;
    const content = createMediaContent(files, storeAgentFile(files, kind, file));
    if (caption !== '' && !hasCaption(content)) throw new Error(`A ${kind} has no caption`);
    return { ...content, ...this.caption(caption) };
  }
}

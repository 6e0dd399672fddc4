import type { Message } from '@grammyjs/types';
import { hasCaption } from '../sending/message-kinds.js';
import { PinnedMessages } from '../world/pinned-messages.js';
import type { FileKind } from '../files/stored-file.js';
import { MEDIA_FIELDS, isReplaceable } from '../sending/media-replacement.js';
import { AgentContent } from './agent-content.js';
import type { EditedFileOptions } from './agent-file.options.js';
import type { ChatActor } from './chat-actor.js';

/** Edits, deletes and pins messages for somebody in a chat. */
export class AgentEdits {
  readonly #actor: ChatActor;
  readonly #content: AgentContent;

  constructor(actor: ChatActor) {
    this.#actor = actor;
    this.#content = new AgentContent(actor.world);
  }

  edit(message: Message | number, text: string, extra: Partial<Message>): Message {
    this.#actor.requirePresence();
    const old = this.#findEditable(message);
    if (old.forward_origin || (old.text === undefined && !hasCaption(old))) {
      throw new Error(`Message ${old.message_id} has no text or caption of its own to edit`);
    }
    const { text: _text, entities: _entities, caption: _caption, ...bare } = old;
    const { caption_entities: _captionEntities, ...rest } = bare;
    const content = hasCaption(old) ? this.#content.caption(text) : this.#content.text(text);
    return this.#replace({ ...rest, ...content, ...extra });
  }

  editFile(message: Message | number, kind: FileKind, options: EditedFileOptions): Message {
    const { caption = '', extra = {}, ...file } = options;
    this.#actor.requirePresence();
    const old = this.#findEditable(message);
    if (old.forward_origin || !isReplaceable(old) || !isReplaceable({ [kind]: file })) {
      throw new Error(`Nobody can put a ${kind} in the place of message ${old.message_id}`);
    }
    const kept: Message = { ...old };
    for (const field of MEDIA_FIELDS) delete kept[field];
    return this.#replace({ ...kept, ...this.#content.media(kind, file, caption), ...extra });
  }

  touch(message: Message | number): Message {
    return this.#replace(this.#findEditable(message));
  }

  delete(message: Message | number): void {
    const { room, user } = this.#actor;
    this.#actor.requirePresence();
    const found = this.#actor.findSeen(message);
    if (found.ephemeral_message_id !== undefined) {
      room.ephemeral.delete(found.ephemeral_message_id);
      return;
    }
    if (!this.#actor.isOwn(found) && !room.hasRight(user.id, 'can_delete_messages')) {
      throw new Error(`${user.first_name} may delete own messages only`);
    }
    room.history.delete(found.message_id);
  }

  pin(message: Message | number): void {
    const { world, room, sender } = this.#actor;
    const isChannel = room.chat.type === 'channel';
    this.#actor.requirePresence();
    this.#actor.requireRight({
      right: isChannel ? 'can_edit_messages' : 'can_pin_messages',
      isOpenToMembers: !isChannel && room.permissions.can_pin_messages,
      to: 'pin messages',
    });
    new PinnedMessages(world).pin(room, sender, this.#actor.find(message));
  }

  #replace(message: Message): Message {
    const { world, room, user } = this.#actor;
    const edited = { ...message, edit_date: world.seconds };
    if (user.is_bot) room.history.replace(edited);
    else world.edit(room, edited);
    return edited;
  }

  #findEditable(message: Message | number): Message {
    const { room, user } = this.#actor;
    const found = this.#actor.find(message);
    const isPost = room.chat.type === 'channel';
    const mayEdit = isPost && room.hasRight(user.id, 'can_edit_messages');
    if (!mayEdit && !this.#actor.isOwn(found)) {
      throw new Error(`Message ${found.message_id} is not by ${user.first_name}`);
    }
    return found;
  }
}

import type { PageActor } from '../../src/page/page-action.interface.js';
import type { PageBot, PageChat } from '../../src/page/page-protocol.js';
import { element } from '../dom/element.js';
import { openEmojiGrid } from '../dom/emoji-grid.js';
import { iconButton } from '../dom/icon-button.js';
import { ActorButton } from '../people/actor-button.js';
import type { PageServices } from '../shell/page-services.js';
import type { Draft } from '../state/drafts.js';
import { type Place, isIn, placeKey } from '../state/place.js';
import { AttachmentStrip } from './attachment-strip.js';
import { CommandMenu } from './command-menu.js';
import { commandsFor } from './commands.js';
import { COMMON_EMOJI } from './common-emoji.js';
import { attachMenu } from './attach-menu.js';
import { DraftSender } from './draft-sender.js';
import { ReplyBar } from './reply-bar.js';
import { ReplyKeyboardView } from './reply-keyboard.js';
import { TextInput } from './text-input.js';

/** Where one writes: text, files, replies, commands. */
export class Composer {
  readonly root: HTMLElement;
  readonly #services: PageServices;
  readonly #sender: DraftSender;
  readonly #actor: ActorButton;
  readonly #input: TextInput;
  readonly #replyBar = new ReplyBar(() => this.#cancel());
  readonly #strip = new AttachmentStrip((file) => this.#removeFile(file));
  readonly #commands = new CommandMenu({
    run: (command) => this.#runCommand(command),
    complete: (command) => this.#change({ text: `${command} ` }),
  });
  readonly #keyboard = new ReplyKeyboardView((text) => void this.write(text));
  readonly #send = iconButton('send', 'Send', () => this.#submit());
  #place: Place | undefined;
  /** What is sent last; the next message goes after it. */
  #sending: Promise<void> = Promise.resolve();

  constructor(services: PageServices) {
    this.#services = services;
    this.#sender = new DraftSender(services);
    this.#actor = new ActorButton(services);
    this.#input = new TextInput(this.#commands, {
      change: (text) => this.#change({ text }),
      submit: () => this.#submit(),
      cancel: () => this.#cancel(),
      editLast: () => this.#editLast(),
      addFiles: (files) => this.addFiles(files),
    });
    const attach = iconButton('attach', 'Attach', () => {
      if (this.#place) attachMenu(services, this.#place, attach, (files) => this.addFiles(files));
    });
    const emoji = iconButton('smile', 'Emoji', () => {
      const choose = (sign: string): void => this.#input.insert(sign);
      openEmojiGrid(emoji, { label: 'Emoji', emoji: COMMON_EMOJI, choose });
    });
    this.#send.classList.add('send-button');
    this.root = element(
      'div',
      { class: 'composer' },
      this.#commands.root,
      this.#replyBar.root,
      this.#strip.root,
      element(
        'div',
        { class: 'composer-line' },
        this.#actor.root,
        attach,
        this.#input.root,
        emoji,
        this.#send,
      ),
      this.#keyboard.root,
    );
  }

  draw(place: Place, chat: PageChat): void {
    const isOther = !this.#place || placeKey(this.#place) !== placeKey(place);
    this.#place = place;
    const { state, drafts } = this.#services;
    const draft = drafts.in(place);
    this.root.inert = chat.gone !== undefined;
    this.#actor.draw(chat);
    this.#input.draw(draft.text, isOther);
    this.#strip.draw(draft.files);
    const answered = draft.editing ?? draft.reply?.messageId;
    this.#replyBar.draw(
      draft,
      answered === undefined ? undefined : state.findMessage(place.chat, answered),
    );
    this.#commands.show(commandsFor(draft.text, this.#botsIn(chat)));
    this.#input.describeCommands();
    const messages = state.messagesOf(place.chat);
    const hint = this.#keyboard.draw(messages.filter((message) => isIn(message, place)));
    this.#input.placeholder = hint ?? 'Write a message…';
    this.#send.disabled = draft.text.trim() === '' && draft.files.length === 0;
  }

  focus(): void {
    this.#input.focus();
  }

  addFiles(files: readonly File[]): void {
    if (!this.#place || files.length === 0) return;
    this.#change({ files: [...this.#services.drafts.in(this.#place).files, ...files] });
    this.focus();
  }

  /** Writes a text at once, beside what is being written. */
  async write(text: string): Promise<void> {
    const place = this.#place;
    const as = place && this.#services.session.actorIn(place.chat);
    if (place && as) await this.#sender.send(place, { text, files: [] }, as);
  }

  #submit(): void {
    const place = this.#place;
    const as = place && this.#services.session.actorIn(place.chat);
    if (!place) return;
    if (!as) {
      this.#services.toasts.show('Choose who you are in this chat first', 'error');
      return;
    }
    const draft = this.#services.drafts.in(place);
    if (draft.text.trim() === '' && draft.files.length === 0) return;
    this.#services.drafts.clear(place);
    this.#sending = this.#sendAfter(this.#sending, place, draft, as);
  }

  async #sendAfter(
    former: Promise<void>,
    place: Place,
    draft: Draft,
    as: PageActor,
  ): Promise<void> {
    await former;
    if (!(await this.#sender.send(place, draft, as))) this.#restore(place, draft);
  }

  /** What was refused can be changed and sent again, with what was written meanwhile. */
  #restore(place: Place, draft: Draft): void {
    const { text, files } = this.#services.drafts.in(place);
    const texts = [draft.text, text].filter((part) => part !== '');
    const again = { ...draft, text: texts.join('\n'), files: [...draft.files, ...files] };
    this.#services.drafts.change(place, again);
  }

  #runCommand(command: string): void {
    this.#change({ text: '' });
    void this.write(command);
  }

  #cancel(): void {
    if (!this.#place) return;
    const { editing } = this.#services.drafts.in(this.#place);
    this.#change({
      reply: undefined,
      editing: undefined,
      ...(editing !== undefined && { text: '' }),
    });
    this.focus();
  }

  #editLast(): void {
    const place = this.#place;
    if (!place) return;
    const { session, drafts } = this.#services;
    const own = session.ownIn(place).findLast(({ text }) => text);
    if (own)
      drafts.change(place, { text: own.text?.text ?? '', editing: own.id, reply: undefined });
  }

  #removeFile(file: File): void {
    if (!this.#place) return;
    const { files } = this.#services.drafts.in(this.#place);
    this.#change({ files: files.filter((other) => other !== file) });
    this.focus();
  }

  #change(change: Partial<Draft>): void {
    if (this.#place) this.#services.drafts.change(this.#place, change);
  }

  #botsIn({ members }: PageChat): readonly PageBot[] {
    const { bots } = this.#services.state;
    const present = members.filter(({ status }) => status !== 'left' && status !== 'kicked');
    return present.flatMap(({ id }) => bots.get(id) ?? []);
  }
}

import type { PageActor } from '../../src/page/page-action.interface.js';
import type { PageButton, PageMessage } from '../../src/page/page-message.interface.js';
import type { MediaContext } from '../media/media-context.js';
import type { TextContext } from '../text/formatted-text.js';

/** A message, or the messages of an album. */
export type Messages = readonly [PageMessage, ...PageMessage[]];

/** What messages need from the page around them. */
export interface MessageContext extends TextContext, MediaContext {
  /** Who one is here. */
  readonly actor: PageActor | undefined;
  /** Whether senders are named, as in groups. */
  readonly namesSenders: boolean;
  /** What stands beside the name of a sender, such as `admin`. */
  readonly tagOf: (message: PageMessage) => string | undefined;
  readonly isPinned: (message: PageMessage) => boolean;
  /** Shows what can be done with a message or an album. */
  readonly openMenu: (messages: Messages, owner: HTMLElement, event?: MouseEvent) => void;
  /** Whether a reaction is one's own, by the id of whom it is by. */
  readonly isOwnReaction: (id: number) => boolean;
  /** Sets or takes away one reaction of one's own. */
  readonly toggleReaction: (message: PageMessage, emoji: string) => void;
  readonly press: (message: PageMessage, button: PageButton, pressed: HTMLButtonElement) => void;
  readonly jumpTo: (chat: string, messageId: number) => void;
}

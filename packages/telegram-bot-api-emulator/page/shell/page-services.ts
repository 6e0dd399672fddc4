import type { PageAction, PageActionResult } from '../../src/page/page-action.interface.js';
import { EmulatorClient } from '../connection/emulator-client.js';
import { Announcer } from '../dom/announcer.js';
import { Toasts } from '../dom/toasts.js';
import { Drafts } from '../state/drafts.js';
import { PageSession } from '../state/page-session.js';
import { PageState } from '../state/page-state.js';
import type { Place } from '../state/place.js';

/** What all parts of the page share. */
export class PageServices {
  readonly client = new EmulatorClient();
  readonly state = new PageState();
  readonly session = new PageSession(this.state);
  readonly drafts = new Drafts();
  readonly toasts = new Toasts();
  readonly announcer = new Announcer();

  /** Does something; what is refused is shown in the emulator's words, and the result is undefined. */
  async perform(action: PageAction): Promise<PageActionResult | undefined> {
    return this.attempt(() => this.client.perform(action));
  }

  /** Opens a place that was just created, once the emulator has told of it. */
  openSoon(place: Place): void {
    const isThere = (): boolean =>
      place.topicId === undefined
        ? this.state.chats.has(place.chat)
        : this.state.findTopic(place.chat, place.topicId) !== undefined;
    if (isThere()) this.session.open(place);
    else {
      const stop = this.state.changed.add(() => {
        if (!isThere()) return;
        stop();
        this.session.open(place);
      });
    }
  }

  /** Shows why something did not work. */
  async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.toasts.show(error instanceof Error ? error.message : String(error), 'error');
      return undefined;
    }
  }
}

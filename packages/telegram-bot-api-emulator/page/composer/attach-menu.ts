import { askFor } from '../dom/dialog.js';
import { openMenu } from '../dom/menu.js';
import type { PageServices } from '../shell/page-services.js';
import type { Place } from '../state/place.js';

/** Opens the choice of what can be attached. */
export function attachMenu(
  services: PageServices,
  place: Place,
  owner: HTMLElement,
  addFiles: (files: readonly File[]) => void,
): void {
  const attachment = new Attachment(services, place);
  openMenu(owner, {
    label: 'Attach',
    items: [
      { label: 'Photo or video', icon: 'image', run: () => pickFiles('image/*,video/*', addFiles) },
      { label: 'File', icon: 'file', run: () => pickFiles('', addFiles) },
      { label: 'Poll…', icon: 'menu', run: () => void attachment.poll() },
      { label: 'Location…', icon: 'place', run: () => void attachment.location() },
      { label: 'Contact…', icon: 'person', run: () => void attachment.contact() },
    ],
  });
}

function pickFiles(accept: string, addFiles: (files: readonly File[]) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = accept;
  input.addEventListener('change', () => addFiles([...(input.files ?? [])]));
  input.click();
}

/** What is asked for in a form, and sent at once. */
class Attachment {
  readonly #services: PageServices;
  readonly #place: Place;

  constructor(services: PageServices, place: Place) {
    this.#services = services;
    this.#place = place;
  }

  async poll(): Promise<void> {
    const entered = await askFor({
      title: 'New poll',
      confirm: 'Send',
      fields: [
        { name: 'question', label: 'Question' },
        { name: 'first', label: 'Option 1' },
        { name: 'second', label: 'Option 2' },
        { name: 'third', label: 'Option 3', isOptional: true },
        { name: 'fourth', label: 'Option 4', isOptional: true },
      ],
    });
    const target = this.#target();
    if (!entered || !target) return;
    const { question = '', ...options } = entered;
    const named = Object.values(options).filter((option) => option.trim() !== '');
    await this.#services.perform({ type: 'sendPoll', ...target, question, options: named });
  }

  async location(): Promise<void> {
    const entered = await askFor({
      title: 'Location',
      confirm: 'Send',
      fields: [
        { name: 'latitude', label: 'Latitude', value: '52.52' },
        { name: 'longitude', label: 'Longitude', value: '13.405' },
      ],
    });
    const target = this.#target();
    if (!entered || !target) return;
    const [latitude, longitude] = [Number(entered['latitude']), Number(entered['longitude'])];
    await this.#services.perform({ type: 'sendLocation', ...target, latitude, longitude });
  }

  async contact(): Promise<void> {
    const entered = await askFor({
      title: 'Contact',
      confirm: 'Send',
      fields: [
        { name: 'name', label: 'Name' },
        { name: 'phoneNumber', label: 'Phone number', value: '+1 555 0100' },
      ],
    });
    const target = this.#target();
    if (!entered || !target) return;
    const { name = '', phoneNumber = '' } = entered;
    await this.#services.perform({ type: 'sendContact', ...target, name, phoneNumber });
  }

  #target():
    | { readonly chat: string; readonly as: { readonly person: number }; readonly topicId?: number }
    | undefined {
    const { chat, topicId } = this.#place;
    const as = this.#services.session.actorIn(chat);
    return as && { chat, as, ...(topicId !== undefined && { topicId }) };
  }
}

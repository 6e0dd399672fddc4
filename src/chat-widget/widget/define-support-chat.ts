import { SupportChatElement } from './support-chat.element.js';

/**
 * Makes `<support-chat>` known to the browser. A second call changes nothing, and neither does one on a server.
 *
 * @param options `base`: the address of the module's routes, for elements without the attribute. Default `/support`.
 * @publicApi
 */
export function defineSupportChat({ base }: { readonly base?: string } = {}): void {
  if (!('customElements' in globalThis) || customElements.get('support-chat')) return;
  customElements.define(
    'support-chat',
    class extends SupportChatElement {
      protected override readonly defaultBase = base ?? '/support';
    },
  );
}

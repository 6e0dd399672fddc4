export type Child = Node | string | false | null | undefined;
type Listener = (event: Event) => void;
type Value = string | number | boolean | undefined | Listener;

/**
 * Makes an element. Functions become listeners of the event that the name says after `on`, other values attributes:
 * `true` an empty one, `false` and `undefined` none. Nothing is ever parsed as HTML.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Value>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  element.append(
    ...children.filter((child) => child !== undefined && child !== null && child !== false),
  );
  return element;
}

/** A button that does nothing but what its listener does. */
export function button(
  attributes: Parameters<typeof h>[1],
  ...children: Child[]
): HTMLButtonElement {
  return h('button', { type: 'button', ...attributes }, ...children);
}

function set(element: HTMLElement, name: string, value: Value): void {
  if (typeof value === 'function') element.addEventListener(name.slice(2), value);
  else if (value !== undefined && value !== false) {
    element.setAttribute(name, value === true ? '' : String(value));
  }
}

/** Shows a text, and touches the element only when it is another one: live regions stay quiet. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Puts these elements into a parent in this order. Those that stay in place are not touched. */
export function arrange(parent: Element, elements: readonly Element[]): void {
  const wanted = new Set(elements);
  for (const child of Array.from(parent.children)) if (!wanted.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const element of elements) {
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
  }
}

/** What an element may hold; what is absent is left out. */
export type Child = Node | string | false | undefined;

/** What an element gets when it is created. */
export interface ElementOptions {
  readonly class?: string | undefined;
  /** Attributes by name; those without a value are not set. */
  readonly attributes?: Readonly<Record<string, string | undefined>>;
  readonly on?: {
    readonly click?: (event: MouseEvent) => void;
    readonly contextmenu?: (event: MouseEvent) => void;
  };
}

/** Creates an element. Strings become text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: ElementOptions = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  const target: HTMLElement = created;
  if (options.class) created.className = options.class;
  for (const [name, value] of Object.entries(options.attributes ?? {})) {
    if (value !== undefined) created.setAttribute(name, value);
  }
  const { click, contextmenu } = options.on ?? {};
  if (click) target.addEventListener('click', click);
  if (contextmenu) target.addEventListener('contextmenu', contextmenu);
  created.append(...present(children));
  return created;
}

/** What is there of these children. */
export function present(children: readonly Child[]): (Node | string)[] {
  return children.flatMap((child) =>
    child === undefined || child === false || child === '' ? [] : [child],
  );
}

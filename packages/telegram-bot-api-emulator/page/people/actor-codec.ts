import type { PageActor } from '../../src/page/page-action.interface.js';

/** Writes somebody as a text that the browser keeps. */
export function encodeActor(actor: PageActor): string {
  return JSON.stringify(actor);
}

/** Undefined for what is none. */
export function decodeActor(text: string | undefined): PageActor | undefined {
  if (text === undefined) return undefined;
  const actor: PageActor = JSON.parse(text);
  return actor;
}

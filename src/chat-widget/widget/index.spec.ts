import { expect, it } from 'vitest';
import { defineSupportChat, SupportChatElement } from './index.js';

it('is imported on a server, where nothing happens', () => {
  expect('HTMLElement' in globalThis).toBe(false);
  expect(() => defineSupportChat()).not.toThrow();
  expect(SupportChatElement.observedAttributes).toContain('token');
});

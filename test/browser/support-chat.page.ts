import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The shop with its chat, as a customer uses it: a page, or a frame in one. */
export class SupportChatPage {
  constructor(private readonly frame: Page | FrameLocator) {}

  /** The text of a message in the log, not where another one quotes it. */
  message(text: string): Locator {
    const shown = this.frame.getByRole('log').getByText(text, { exact: true });
    return shown.and(this.frame.locator('.text'));
  }

  async write(text: string): Promise<void> {
    const input = this.frame.getByRole('textbox', { name: 'Write a message…' });
    await input.fill(text);
    await input.press('Enter');
  }
}

import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The page of the emulator, as agents use it: a page, or a frame in one. */
export class TelegramPage {
  constructor(private readonly frame: Page | FrameLocator) {}

  /** A message in the chat. */
  message(text: string): Locator {
    return this.frame.getByRole('article').filter({ hasText: text }).last();
  }

  /** An agent replies to the message with the text. */
  async reply(to: string, text: string): Promise<void> {
    await this.message(to).hover();
    await this.message(to).getByRole('button', { name: 'Actions for this message' }).click();
    await this.frame.getByRole('menuitem', { name: 'Reply' }).click();
    await this.write(text);
  }

  async write(text: string): Promise<void> {
    const input = this.frame.getByRole('textbox', { name: 'Message' });
    await input.fill(text);
    await input.press('Enter');
  }
}

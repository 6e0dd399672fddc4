import type { BrowserContext, Locator, Page } from 'playwright-core';

/** The element, as a script of the page sees it. */
export interface WidgetElement extends HTMLElement {
  readonly unread: number;
  open(): void;
  toggle(): void;
}

/** A customer's page with the widget, and what can be seen and done in it. */
export class WidgetPage {
  readonly element: Locator;
  readonly launcher: Locator;
  readonly panel: Locator;
  readonly input: Locator;
  readonly log: Locator;
  readonly messages: Locator;

  constructor(readonly page: Page) {
    const widget = page.locator('support-chat');
    this.element = widget;
    this.launcher = widget.locator('[part=launcher]');
    this.panel = widget.getByRole('dialog');
    this.input = widget.locator('[part=input]');
    this.log = widget.getByRole('log');
    this.messages = this.log.locator('[data-id]');
  }

  /** Opens the shop in a new tab. */
  static async open(
    context: BrowserContext,
    url: string,
    query: Record<string, string> = {},
  ): Promise<WidgetPage> {
    const shop = new WidgetPage(await context.newPage());
    await shop.page.goto(`${url}?${new URLSearchParams(query).toString()}`);
    await shop.launcher.or(shop.panel).first().waitFor();
    return shop;
  }

  /** Opens the chat by the launcher. */
  async openChat(): Promise<void> {
    await this.launcher.click();
    await this.panel.waitFor();
  }

  /** Opens the list of conversations, and waits until it is up to date. */
  async openConversations(): Promise<void> {
    const [answer] = await Promise.all([
      this.page.waitForResponse(/\/session$/),
      this.panel.getByRole('button', { name: 'Conversations' }).click(),
    ]);
    await answer.finished();
  }

  async send(text: string): Promise<void> {
    await this.input.fill(text);
    await this.input.press('Enter');
  }

  /** The message with a text. */
  message(text: string): Locator {
    return this.messages.filter({ hasText: text });
  }

  /** Waits until a message of the customer's has this mark. */
  async waitForMark(text: string, mark: 'Sending' | 'Sent' | 'Seen'): Promise<void> {
    await this.message(text).getByText(mark, { exact: true }).waitFor({ state: 'attached' });
  }

  /** Chooses an action of a message. */
  async act(text: string, action: string): Promise<void> {
    const message = this.message(text);
    await message.hover();
    await message.getByRole('button', { name: 'Actions' }).click();
    await message.getByRole('button', { name: action, exact: true }).click();
  }

  /** Waits until files are taken: not before the session says so. */
  async takesFiles(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Attach files' }).waitFor();
  }

  async attach(...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
    await this.takesFiles();
    await this.panel.locator('input[type=file]').first().setInputFiles(files);
  }
}

import type { Locator, Page } from 'playwright-core';

/** The emulator's page in a browser, driven by what people see there. */
export class EmulatorPage {
  constructor(readonly page: Page) {}

  /** Opens the page, and waits until it shows chats. */
  static async open(page: Page, url: string): Promise<EmulatorPage> {
    page.setDefaultTimeout(20_000);
    await page.goto(url);
    const opened = new EmulatorPage(page);
    await opened.rows.first().waitFor({ state: 'attached' });
    return opened;
  }

  /** The chats and topics of the list. */
  get rows(): Locator {
    return this.page.locator('.row');
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: 'Message', exact: true });
  }

  get toast(): Locator {
    return this.page.locator('.toast');
  }

  /** A chat or topic of the list, by its name. */
  row(text: string): Locator {
    const title = this.page.locator('.row-title', { hasText: text });
    return this.rows.filter({ has: title }).first();
  }

  /** The last message that holds a text. */
  message(text: string): Locator {
    return this.page.locator('.message').filter({ hasText: text }).last();
  }

  async openPlace(name: string): Promise<void> {
    await this.row(name).click();
    await this.page.getByRole('heading', { name, level: 1 }).waitFor();
  }

  async write(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Chooses in the menu of a message. */
  async choose(message: Locator, item: string): Promise<void> {
    await message.click({ button: 'right' });
    await this.page.getByRole('menuitem', { name: item, exact: true }).click();
  }

  /** Becomes somebody else in the open chat. */
  async become(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^You are/ }).click();
    await this.page.getByRole('menuitemradio', { name }).click();
  }

  async attach(kind: 'File' | 'Photo or video', files: readonly AttachedFile[]): Promise<void> {
    await this.page.getByRole('button', { name: 'Attach' }).click();
    const chooser = this.page.waitForEvent('filechooser');
    await this.page.getByRole('menuitem', { name: kind, exact: true }).click();
    await (await chooser).setFiles([...files]);
  }

  async openFaults(): Promise<Locator> {
    await this.page.getByRole('button', { name: /^What goes wrong/ }).click();
    return this.page.getByRole('complementary', { name: 'What goes wrong' });
  }
}

/** A file that somebody chooses. */
export interface AttachedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

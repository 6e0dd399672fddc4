/** The title of the page with the number of unread messages before it: "(2) Shop". */
export class PageTitle {
  #isCounting = false;

  update(unread: number): void {
    if (!unread && !this.#isCounting) return;
    // Another widget in the page may have written its number, too.
    const own = document.title.replace(/^(\(\d+\) )+/, '');
    const title = unread ? `(${unread}) ${own}` : own;
    if (document.title !== title) document.title = title;
    this.#isCounting = unread > 0;
  }
}

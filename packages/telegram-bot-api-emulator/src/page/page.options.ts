/** How the page is served. */
export interface PageOptions {
  /**
   * The origins whose pages may show it in a frame, such as `http://localhost:3000`. By default none but
   * its own.
   */
  readonly frameAncestors?: readonly string[];
}

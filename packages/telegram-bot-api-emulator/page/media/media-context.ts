/** What media need from the page. */
export interface MediaContext {
  /** Shows a picture in its full size. */
  readonly openPicture: (url: string, label: string) => void;
}

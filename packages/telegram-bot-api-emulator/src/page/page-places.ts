/** Where the build of this package puts the page: from the folder of `dist/index.js`, and from that of the source. */
export const PAGE_PLACES: readonly URL[] = ['./page/', '../../dist/page/'].map(
  (place) => new URL(place, import.meta.url),
);

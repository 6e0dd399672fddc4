/** Gives an attachment a new address. A picture that is there, and what is being played, stay as they are. */
export function renewLink(element: Element, url: string): void {
  if (element instanceof HTMLAnchorElement) element.href = url;
  const media = element.firstElementChild ?? element;
  const isMedia = media instanceof HTMLMediaElement && media.paused;
  const isDue = isMedia || (media instanceof HTMLImageElement && !media.naturalWidth);
  if (isDue && media.src !== url) media.src = url;
}

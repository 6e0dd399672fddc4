const PROTOCOLS = ['http:', 'https:', 'tg:', 'mailto:', 'tel:'];

/** The address of a link that may be followed; undefined for scripts and whatever else is no link. */
export function safeLink(address: string): string | undefined {
  const trimmed = address.trim();
  const absolute = /^[a-z][a-z\d+.-]*:/iu.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(absolute)) return undefined;
  const { protocol, href } = new URL(absolute);
  return PROTOCOLS.includes(protocol) ? href : undefined;
}

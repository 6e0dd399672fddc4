/** What ends the name, stands for other characters, or is no printable ASCII. */
const SPECIAL = /[^ -~]|["\\%]/gu;

/** What `encodeURIComponent` leaves, and RFC 8187 does not allow. */
const UNRESERVED = /['()*]/g;

/**
 * The value of a `Content-Disposition` header (RFC 6266): the name, and before it an ASCII form for old clients.
 *
 * @param name Well-formed.
 */
export function contentDisposition(type: 'inline' | 'attachment', name: string): string {
  const encoded = encodeURIComponent(name).replaceAll(
    UNRESERVED,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${type}; filename="${name.replaceAll(SPECIAL, '_')}"; filename*=UTF-8''${encoded}`;
}

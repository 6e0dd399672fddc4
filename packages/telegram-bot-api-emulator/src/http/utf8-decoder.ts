/** What is no UTF-8 becomes a lone surrogate, so that a broken text can be recognised. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder('utf-8', { ignoreBOM: true })
      .decode(bytes)
      .replaceAll('\ufffd', '\ud800');
  }
}

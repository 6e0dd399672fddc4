/** Whether a media type is in a list that may have `image/*` and all types. */
export function isTypeAllowed(contentType: string, types: readonly string[]): boolean {
  const [group = ''] = contentType.split('/');
  return types.some((type) => type === contentType || type === `${group}/*` || type === '*/*');
}

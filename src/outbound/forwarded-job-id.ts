/**
 * The id of a forwarded job: another one with each hop, because a desk takes an id only once. It is the same when a
 * process dies amid a hop, so that the job is forwarded once.
 */
export function forwardedJobId(id: string): string {
  const [, original = id, hops = '0'] = /^(.*)>(\d+)$/s.exec(id) ?? [];
  return `${original}>${Number(hops) + 1}`;
}

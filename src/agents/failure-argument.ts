/** The ids of the jobs that can fail: one for each update of Telegram, of which a deletion, or a reply that was held, may have two. */
const JOB_ID = /^(update|deletion|released):(\d{1,15})$/;
const ARGUMENT = /^([udr])([0-9a-z]{1,10})$/;

const KINDS: Readonly<Record<string, string>> = { u: 'update', d: 'deletion', r: 'released' };

/** How a button names a job; undefined for one that no button can name. */
export function failureArgument(jobId: string): string | undefined {
  const [, kind, id] = JOB_ID.exec(jobId) ?? [];
  if (kind === undefined || id === undefined) return undefined;
  return kind.charAt(0) + Number(id).toString(36);
}

/** The job that a button names; undefined for anything else. */
export function failedJobId(argument: string | undefined): string | undefined {
  const [, kind, id] = ARGUMENT.exec(argument ?? '') ?? [];
  if (kind === undefined || id === undefined) return undefined;
  return `${KINDS[kind]}:${Number.parseInt(id, 36)}`;
}

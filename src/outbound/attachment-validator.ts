import { isUint8Array } from 'node:util/types';
import { validateSync } from 'class-validator';
import { kindOf } from '../errors/kind-of.js';
import { isRecord, problemsIn, withoutNulls, type ArgumentProblem } from './argument-problem.js';
import { AttachmentFields } from './attachment-fields.js';

/** The most files of one message. */
const MAX_ATTACHMENTS = 100;

const SOURCES = ['data', 'path', 'url', 'load'] as const;

/** What {@link validAttachments} has found. */
export interface CheckedAttachments {
  /** Copies, also of the bytes: what the app does with its own afterwards changes nothing. */
  readonly attachments: readonly AttachmentFields[];
  readonly problems: readonly ArgumentProblem[];
}

/** Checks the files of a message; each wrong field is named as in `attachments[3].url`. */
export function validAttachments(given: unknown, maxDataBytes: number): CheckedAttachments {
  if (!Array.isArray(given)) return wrong(`be an array, got ${kindOf(given)}`);
  if (given.length > MAX_ATTACHMENTS) {
    return wrong(`have at most ${MAX_ATTACHMENTS} entries, got ${given.length}`);
  }
  const problems: ArgumentProblem[] = [];
  // Array.from() does not skip holes.
  const attachments = Array.from(given, (each: unknown, index) => {
    const fields = Object.assign(new AttachmentFields(), withoutNulls(each));
    const path = `attachments[${index}]`;
    if (isRecord(each)) problems.push(...problemsOf(fields, path, maxDataBytes));
    else problems.push({ field: path, text: `${path} must be an object, got ${kindOf(each)}` });
    return fields;
  });
  if (problems.length > 0) return { attachments, problems };
  for (const fields of attachments) if (fields.data) fields.data = Buffer.from(fields.data);
  return { attachments, problems };
}

function wrong(rule: string): CheckedAttachments {
  const problem = { field: 'attachments', text: `attachments must ${rule}` };
  return { attachments: [], problems: [problem] };
}

function problemsOf(
  fields: AttachmentFields,
  path: string,
  maxDataBytes: number,
): readonly ArgumentProblem[] {
  const problems = validateSync(fields).flatMap((error) => problemsIn(error, `${path}.`));
  const sources = SOURCES.filter((source) => fields[source] !== undefined);
  if (sources.length !== 1) {
    const got = sources.length === 0 ? 'none of them' : sources.join(' and ');
    problems.push({
      field: path,
      text: `${path} must have one of ${SOURCES.join(', ')}, got ${got}`,
    });
  }
  if (!isUint8Array(fields.data)) return problems;
  const { length } = fields.data;
  const field = `${path}.data`;
  if (length === 0) {
    problems.push({ field, text: `${field} must not be empty: Telegram takes no file of 0 bytes` });
  } else if (length > maxDataBytes) {
    const remedy = 'pass a larger file by path, url or load, or raise files.maxBytes';
    problems.push({
      field,
      text: `${field} must have at most ${maxDataBytes} bytes, got ${length}: ${remedy}`,
    });
  }
  return problems;
}

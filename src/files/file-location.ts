import type { ServedPath } from '../webhook/webhook-url.js';

/** Knows where the app serves the files of one bot. */
export abstract class FileLocation {
  /** Where the files are, or would be if this process served HTTP. The reference of a file is the next part of the path. */
  abstract readonly served: ServedPath;
}

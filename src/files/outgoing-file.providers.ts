import type { Provider } from '@nestjs/common';
import { AttachmentLoaders } from './attachment-loaders.js';
import { AttachmentPreparer } from './attachment-preparer.js';
import { AttachmentReader } from './attachment-reader.js';
import { AttachmentStore } from './attachment-store.js';
import { FileSpool } from './file-spool.js';
import { PublicAddresses } from './public-addresses.js';
import { UrlFetcher } from './url-fetcher.js';

/** The files of a desk's notices. */
export const outgoingFileProviders: Provider[] = [
  AttachmentLoaders,
  AttachmentPreparer,
  AttachmentReader,
  AttachmentStore,
  FileSpool,
  PublicAddresses,
  UrlFetcher,
];

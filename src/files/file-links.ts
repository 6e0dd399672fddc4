import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { webhookUrlOf } from '../webhook/webhook-url.js';
import { WebhookLocation } from '../webhook/webhook-location.js';
import { FileReferences, type FileReference } from './file-references.js';

/** What follows the path of the webhook. */
export const FILES_PATH = 'files';

/** Makes links to files that agents have sent. This app serves them, so that no customer sees the token. */
@Injectable()
export class FileLinks {
  constructor(
    private readonly references: FileReferences,
    private readonly webhook: WebhookLocation,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
  ) {}

  /**
   * The link to a file of a thread. It expires after `files.ttlSeconds`. It begins with `files.baseUrl` or `webhookUrl`;
   * without either it is a path, as in `/telegram/webhook/files/…`.
   */
  urlOf(file: Omit<FileReference, 'expiresAt'>): string {
    const { baseUrl, ttlSeconds } = this.settings.files;
    const { served } = this.webhook;
    const base = baseUrl ?? this.settings.webhookUrl;
    const webhook = base ? webhookUrlOf(base, served).replace(/\?.*$/s, '') : served.path;
    const expiresAt = new Date(this.clock.now() + ttlSeconds * 1000);
    return `${webhook}/${FILES_PATH}/${this.references.sign({ ...file, expiresAt })}`;
  }
}

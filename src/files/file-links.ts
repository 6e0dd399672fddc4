import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { WebhookLocation } from '../webhook/webhook-location.js';
import { publicUrlOf, webhookUrlOf } from '../webhook/webhook-url.js';
import { FileLocation } from './file-location.js';
import { FileReferences, type FileReference } from './file-references.js';

/** Makes links to files that agents have sent. This app serves them, so that no customer sees the token. */
@Injectable()
export class FileLinks {
  constructor(
    private readonly references: FileReferences,
    private readonly files: FileLocation,
    private readonly webhook: WebhookLocation,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
  ) {}

  /**
   * The link to a file of a thread. It expires after `files.ttlSeconds`. It begins with `files.baseUrl` or as
   * `webhookUrl` does; without either it is a path, as in `/telegram/webhook/files/…`.
   */
  urlOf(file: Omit<FileReference, 'expiresAt'>): string {
    const expiresAt = new Date(this.clock.now() + this.settings.files.ttlSeconds * 1000);
    return `${this.#base()}/${this.references.sign({ ...file, expiresAt })}`;
  }

  #base(): string {
    const { served } = this.files;
    const { webhookUrl, files } = this.settings;
    if (files.baseUrl) return webhookUrlOf(files.baseUrl, served).replace(/\?.*$/s, '');
    return webhookUrl ? publicUrlOf(served, webhookUrl, this.webhook.served) : served.path;
  }
}

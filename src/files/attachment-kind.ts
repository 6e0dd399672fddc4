/** How Telegram shows a file: each kind has a method of its own. */
export type AttachmentKind = 'photo' | 'video' | 'audio' | 'voice' | 'document';

/** All kinds of attachments. */
export const ATTACHMENT_KINDS: readonly AttachmentKind[] = [
  'photo',
  'video',
  'audio',
  'voice',
  'document',
];

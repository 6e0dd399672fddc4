import type { ChatPermissions } from '@grammyjs/types';

/** What a kind of message needs. */
export interface MessageKind {
  /** What members must be allowed to do for it. */
  readonly permission: keyof ChatPermissions;
  /** What Telegram calls it when it refuses it. */
  readonly noun: string;
}

/** The kinds of messages, by the names of their fields (td: MessageContent.cpp:6151-6345). */
export const MESSAGE_KINDS = {
  text: { permission: 'can_send_messages', noun: 'text messages' },
  photo: { permission: 'can_send_photos', noun: 'photos' },
  live_photo: { permission: 'can_send_photos', noun: 'live photos' },
  document: { permission: 'can_send_documents', noun: 'documents' },
  video: { permission: 'can_send_videos', noun: 'videos' },
  animation: { permission: 'can_send_other_messages', noun: 'animations' },
  audio: { permission: 'can_send_audios', noun: 'music' },
  voice: { permission: 'can_send_voice_notes', noun: 'voice notes' },
  video_note: { permission: 'can_send_video_notes', noun: 'video notes' },
  sticker: { permission: 'can_send_other_messages', noun: 'stickers' },
  poll: { permission: 'can_send_polls', noun: 'polls' },
  location: { permission: 'can_send_messages', noun: 'locations' },
  venue: { permission: 'can_send_messages', noun: 'venues' },
  contact: { permission: 'can_send_messages', noun: 'contacts' },
  game: { permission: 'can_send_other_messages', noun: 'games' },
  paid_media: { permission: 'can_send_photos', noun: 'paid media' },
  story: { permission: 'can_send_photos', noun: 'stories' },
  dice: { permission: 'can_send_other_messages', noun: 'dice' },
} as const satisfies Record<string, MessageKind>;

/** The kind of a message that is there already. */
export function kindOf(message: object): MessageKind {
  // An animation has a document too, a live photo a photo, and a venue a location.
  const names = ['animation', 'live_photo', 'venue', ...Object.keys(MESSAGE_KINDS)];
  const name = names.find((field) => field in message && isKind(field));
  return name !== undefined && isKind(name) ? MESSAGE_KINDS[name] : MESSAGE_KINDS.text;
}

function isKind(name: string): name is keyof typeof MESSAGE_KINDS {
  return name in MESSAGE_KINDS;
}

/** The fields of messages that may have a caption. */
const CAPTIONED = [
  'animation',
  'audio',
  'document',
  'live_photo',
  'paid_media',
  'photo',
  'video',
  'voice',
];

/** Whether a message is of a kind that may have a caption. */
export function hasCaption(message: object): boolean {
  return CAPTIONED.some((field) => field in message);
}

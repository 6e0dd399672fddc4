const WORDS: Readonly<Record<string, string>> = {
  typing: 'is typing…',
  upload_photo: 'is sending a photo…',
  record_video: 'is recording a video…',
  upload_video: 'is sending a video…',
  record_voice: 'is recording a voice message…',
  upload_voice: 'is sending a voice message…',
  upload_document: 'is sending a file…',
  choose_sticker: 'is choosing a sticker…',
  find_location: 'is choosing a location…',
  record_video_note: 'is recording a video message…',
  upload_video_note: 'is sending a video message…',
};

/** What a bot is doing, in words. */
export function botActionText(name: string, action: string): string {
  return `${name} ${WORDS[action] ?? 'is busy…'}`;
}

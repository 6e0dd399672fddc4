import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../test/support/wire-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import { createBlankJpeg } from '../files/blank-image.js';
import { VirtualClock } from '../time/virtual-clock.js';
import type { EmulatedChat } from './emulated-chat.js';

const URL_OF_FILE = 'https://example.com/a.jpg';

describe('A chat in which bots send files', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let desk: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(1_750_000_000_000) });
    client = new WireClient(telegram);
    desk = telegram.createGroup({ title: 'Desk' });
  });

  afterEach(() => telegram.stop());

  const react = (messageId: number, ...emoji: string[]): Promise<unknown> =>
    client.call('setMessageReaction', {
      chat_id: desk.id,
      message_id: messageId,
      reaction: emoji.map((each) => ({ type: 'emoji', emoji: each })),
    });

  it('gives the bytes of a photo that a bot has uploaded', async () => {
    const bytes = createBlankJpeg(640, 480);
    const coming = desk.waitForMessage(({ photo }) => photo !== undefined);
    const photo = new File([Buffer.from(bytes)], 'a.jpg');
    await client.upload('sendPhoto', { chat_id: desk.id, photo, caption: 'The damage' });
    expect(Buffer.from(desk.fileBytes(await coming)).equals(bytes)).toBe(true);
  });

  it('gives the bytes of what people have sent', () => {
    const bytes = Uint8Array.from([1, 2, 3]);
    const ann = desk.agent('Ann');
    expect(desk.fileBytes(ann.sendFile('animation', { bytes }))).toEqual(bytes);
    expect(desk.fileBytes(ann.sendFile('live_photo', { bytes }))).toEqual(bytes);
    expect(desk.fileBytes(ann.sendFile('voice', { bytes }))).toEqual(bytes);
  });

  it('says so when a message holds no file', () => {
    const message = desk.agent('Ann').write('Hello');
    expect(() => desk.fileBytes(message)).toThrow(`Message 1 of chat ${desk.id} holds no file`);
    const madeUp = desk.agent('Ann').write('', {
      voice: { file_id: 'made up', file_unique_id: 'x', duration: 1 },
    });
    expect(() => desk.fileBytes(madeUp)).toThrow(`Message 2 of chat ${desk.id} holds no file`);
  });

  it('waits for an album, and gives all of it', async () => {
    desk.agent('Ann').sendAlbum([{}, {}], { caption: 'another' });
    const coming = desk.waitForAlbum(({ caption }) => caption === 'the damage');
    const media = ['the damage', 'again'].map((caption) => ({
      type: 'photo',
      media: URL_OF_FILE,
      caption,
    }));
    await client.call('sendMediaGroup', { chat_id: desk.id, media });
    expect((await coming).map(({ caption }) => caption)).toEqual(['the damage', 'again']);
  });

  it('waits for an edit of a caption by the bot', async () => {
    await client.call('sendPhoto', { chat_id: desk.id, photo: URL_OF_FILE, caption: 'old' });
    const coming = desk.waitForMessage(({ caption }) => caption === 'new');
    await client.call('editMessageCaption', { chat_id: desk.id, message_id: 1, caption: 'new' });
    expect((await coming).edit_date).toBe(1_750_000_000);
  });

  it('waits for a deletion', async () => {
    const { message_id } = desk.agent('Ann').write('one');
    const coming = desk.waitForDeletion(message_id);
    await expect(desk.waitForDeletion(message_id, 1)).rejects.toThrow(
      `Message ${message_id} was not deleted within 1 ms. The chat holds:\n  1 Ann: "one"`,
    );
    await client.call('deleteMessage', { chat_id: desk.id, message_id });
    await coming;
    await desk.waitForDeletion(message_id);
  });

  it('waits until a reaction has changed, and until it is gone', async () => {
    const { message_id } = desk.agent('Ann').write('one');
    await react(message_id, '👍');
    const changed = desk.waitForReactionsToBe(message_id, ['👀']);
    await react(message_id, '👀');
    expect(await changed).toEqual(['👀']);
    const gone = desk.waitForReactionsToBe(message_id, []);
    await expect(desk.waitForReactionsToBe(message_id, ['👍'], 1)).rejects.toThrow(
      `The reactions on message ${message_id} were not "👍" within 1 ms.`,
    );
    await react(message_id);
    expect(await gone).toEqual([]);
  });

  it('lists files with their captions when a wait was in vain', async () => {
    desk.agent('Ann').sendPhoto({ caption: 'the damage' });
    desk.agent('Ann').sendFile('voice');
    await expect(desk.waitForAlbum(() => true, 1)).rejects.toThrow(
      'No such album came within 1 ms. The chat holds:\n  1 Ann: photo "the damage"\n  2 Ann: voice',
    );
  });
});

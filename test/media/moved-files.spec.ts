import { expect, it } from 'vitest';
import { Desks } from '../../src/desk/desks.js';
import { PLACES, startDesks } from '../desks/several-desks.js';
import { SLOW } from './media-desk.js';

it.each(PLACES)(
  'posts files at the desk to which their thread is moved while they wait, with data in %s',
  async (place) => {
    const desks = await startDesks(place);
    const { telegram, app } = desks.desk;
    await telegram.notifyNewThread({ threadId: 't1', text: 'My invoice' });
    await desks.notice('default', 'My invoice');
    desks.chat('default').flood(2);
    const before = Buffer.from('before the move');
    const behind = Buffer.from('behind the move');
    const attach = (data: Buffer, name: string) => ({
      threadId: 't1',
      attachments: [{ data, name }],
    });
    await telegram.notifyUserMessage(attach(before, 'before.txt'));
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    await desks.notice('billing', 'from the desk default');
    // As by a process that has asked for the desk of the thread before it was moved.
    const former = await app.get(Desks, { strict: false }).get('default');
    await former.outbound.addMessage(attach(behind, 'behind.txt'));
    const filesAt = (name: string): Array<[string, string]> =>
      desks.chat(name).messages.flatMap((message) => {
        const fileName = message.document?.file_name;
        const bytes = (): Uint8Array => desks.chat(name).fileBytes(message);
        return fileName ? [[fileName, Buffer.from(bytes()).toString()]] : [];
      });
    await expect.poll(() => filesAt('billing'), SLOW).toEqual([['behind.txt', 'behind the move']]);
    expect(filesAt('default')).toEqual([['before.txt', 'before the move']]);
  },
);

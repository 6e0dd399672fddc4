import { BrokenReplies, OrderCommands, Replies } from './app-of-desks.mjs';

const QUESTION = 'Where is my parcel?';
const ANSWER = 'It leaves our warehouse today.';

/** The buttons of the card are not what the picture is about. */
const withoutCardButtons = { card: { buttons: false } };

const OFFICE = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['09:00-17:30']]),
);

/**
 * The scenes, by the name of their picture: how the desk is, and what is played there. `play` resolves with who looks at
 * it, and with how many messages from the end the picture shows.
 */
export const SCENES = {
  commands: {
    providers: [Replies, OrderCommands],
    play: async (desk) => {
      const card = await desk.open('42', { text: 'My parcel did not arrive.' });
      await desk.pass(1);
      const ada = desk.agent('Ada', card);
      ada.write('/refund 20 "not delivered"');
      await desk.shows('Refunded 20 €');
      return { as: ada, last: 3 };
    },
  },

  claims: {
    options: { ...withoutCardButtons, claims: { policy: 'hold' } },
    providers: [Replies],
    play: async (desk) => {
      const card = await desk.open('42', { text: QUESTION });
      await desk.pass(1);
      await desk.isTaken(desk.agent('Ada', card).write(ANSWER));
      await desk.pass(1);
      const bo = desk.agent('Bo', card);
      bo.write('I will ask the courier.');
      await bo.waitForEphemeralMessage(({ text }) => text.includes('Ada has this'), 30_000);
      return { as: bo, last: 3 };
    },
  },

  retry: {
    options: { ...withoutCardButtons, replies: { attempts: 1 } },
    providers: [BrokenReplies],
    play: async (desk) => {
      const card = await desk.open('42', { text: QUESTION });
      await desk.pass(1);
      const ada = desk.agent('Ada', card);
      ada.write(ANSWER);
      await desk.shows('The database of the shop');
      return { as: ada, last: 2 };
    },
  },

  hours: {
    start: new Date('2026-01-18T19:40:00Z'),
    options: {
      ...withoutCardButtons,
      hours: { timeZone: 'UTC', weekly: OFFICE },
      replies: {
        snippets: {
          hello: 'Hello, how can I help?',
          refund: 'You have the money back within five days.',
        },
      },
    },
    providers: [Replies],
    play: async (desk) => {
      await desk.open('42', { text: QUESTION });
      await desk.pass(95);
      await desk.open('43', { subject: 'Order 1043', name: 'Carl', text: 'Can I still cancel?' });
      const opening = (Date.parse('2026-01-19T09:00:00Z') - desk.now) / 60_000;
      await desk.passUntil(opening, () => desk.has('The desk is open'));
      await desk.pass(2);
      const ada = desk.agent('Ada');
      ada.write('/s');
      await desk.shows('Prepared answers');
      return { as: ada, last: 3 };
    },
  },

  reminders: {
    options: { ...withoutCardButtons, reminders: { firstReplyMs: 3_600_000 } },
    providers: [Replies],
    play: async (desk) => {
      const card = await desk.open('42', { text: QUESTION });
      await desk.pass(1);
      const ada = desk.agent('Ada', card);
      ada.write('/claim');
      await desk.shows('has this conversation now');
      await desk.passUntil(59, async () => (await desk.iconOf(card)) === '🔥');
      await desk.passUntil(15, () => desk.has('has waited too long'));
      return { as: ada, last: 4, withHeader: true };
    },
  },

  privacy: {
    options: {
      ...withoutCardButtons,
      privacy: { mask: ['cards', 'emails', 'phones'], revealTo: 'everyone' },
    },
    providers: [Replies],
    play: async (desk) => {
      await desk.open('42', { text: 'My payment failed.' });
      await desk.pass(1);
      const notice = await desk.write(
        '42',
        'The card is 4242 4242 4242 4242, my number +49 170 1234521',
        'The card is',
      );
      await desk.pass(1);
      const ada = desk.agent('Ada', notice);
      ada.reply(notice, '/reveal');
      await desk.shows('Ada has looked');
      await ada.waitForEphemeralMessage(() => true, 30_000);
      return { as: ada, last: 4 };
    },
  },

  agents: {
    options: withoutCardButtons,
    providers: [Replies],
    play: async (desk) => {
      const [ada, bo] = [desk.agent('Ada'), desk.agent('Bo')];
      await desk.link(ada, 'user-7');
      bo.write('/on');
      await desk.shows('Bo is on duty');
      await desk.pass(1);
      ada.write('/whoami');
      await desk.shows('user-7');
      await desk.pass(1);
      ada.write('/on');
      await desk.shows('Ada is on duty');
      ada.write('/duty');
      await desk.shows('On duty: 2');
      return { as: ada, last: 6 };
    },
  },

  languages: {
    language: 'de-DE',
    options: { locale: 'de' },
    providers: [Replies],
    play: async (desk) => {
      const subject = 'Bestellung 1042';
      const card = await desk.open('42', { subject, text: 'Wo ist mein Paket?' });
      await desk.pass(1);
      const ada = desk.agent('Ada', card);
      ada.write('/claim');
      await desk.passUntil(0, () => desk.has(/✋ Ada$/m));
      return { as: ada, last: 3 };
    },
  },
};

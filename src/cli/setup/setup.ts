import type { INestApplicationContext } from '@nestjs/common';
import { CommandMenu } from '../../agents/command-menu.js';
import { AdminChat } from '../../chat/admin-chat.js';
import { VARIABLES } from '../../config/environment-variables.js';
import { openIdleDesk } from '../idle-desk.js';
import { ChatCheckup } from './chat-checkup.js';
import { ChatFinder } from './chat-finder.js';
import { freeUpdates } from './free-updates.js';
import { checkGivenOptions } from './given-options.js';
import { Invitation } from './invitation.js';
import type { SetupSession } from './setup-session.js';
import { SetupUpdates } from './setup-updates.js';
import { MODES, type Mode } from './setup.options.js';
import { TokenStep, type BotWithToken } from './token-step.js';
import { VariablesStep, type Variables } from './variables-step.js';
import { WayInStep } from './way-in-step.js';

/** Makes a chat the desk of an app, step by step. */
export class Setup {
  constructor(private readonly session: SetupSession) {}

  /**
   * @returns The variables of the app.
   * @throws {@link CommandError} When it cannot go on.
   */
  async run(): Promise<Variables> {
    const wayInStep = new WayInStep(this.session);
    checkGivenOptions(this.session.options);
    const variablesStep = new VariablesStep(this.session);
    await variablesStep.check();
    const bot = await new TokenStep(this.session).run();
    const desk = await this.#findDesk(bot).finally(() => bot.api.close());
    const wayIn = await wayInStep.run();
    const values = { [VARIABLES.botToken]: bot.token, ...desk, ...wayIn };
    await variablesStep.run(values);
    return values;
  }

  async #findDesk(bot: BotWithToken): Promise<Variables> {
    const mode = await this.#chooseMode();
    const updates = new SetupUpdates(bot.api, this.session);
    const endsAtMs = performance.now() + this.session.options.timeoutMs;
    const chat =
      this.session.options.chat ?? (await this.#waitForChat(bot, mode, updates, endsAtMs));
    const desk = await openIdleDesk({
      botToken: bot.token,
      adminChatId: chat,
      apiRoot: process.env[VARIABLES.apiRoot],
      updates: 'polling',
      mode,
    });
    try {
      return await this.#prepare(desk, mode, updates, endsAtMs);
    } finally {
      await desk.close();
    }
  }

  async #chooseMode(): Promise<Mode> {
    const { options, output, questions } = this.session;
    const present = MODES.find((mode) => mode === process.env[VARIABLES.mode]) ?? 'replies';
    if (options.mode) return options.mode;
    if (!questions.areAnswered) return present;
    output.paragraph(
      'How are conversations shown? As replies, agents answer a message by replying to it. As topics, each conversation has a topic of its own, in a group with topics.',
    );
    return questions.choose('Mode', MODES, present);
  }

  async #waitForChat(
    { api, user }: BotWithToken,
    mode: Mode,
    updates: SetupUpdates,
    endsAtMs: number,
  ): Promise<number> {
    updates.keep(await freeUpdates(api, this.session));
    const invitation = new Invitation(user.username, mode);
    invitation.write(this.session.output);
    this.session.output.paragraph('Waiting for the chat …');
    return new ChatFinder(updates, invitation, this.session).find(endsAtMs);
  }

  async #prepare(
    desk: INestApplicationContext,
    mode: Mode,
    updates: SetupUpdates,
    endsAtMs: number,
  ): Promise<Variables> {
    await new ChatCheckup(desk, this.session).run(endsAtMs);
    await desk.get(CommandMenu, { strict: false }).addMissing(this.session.signal);
    await updates.confirm();
    // A group that gets topics becomes a supergroup, which the checks have followed.
    const { id } = desk.get(AdminChat, { strict: false });
    return { [VARIABLES.adminChatId]: String(id), [VARIABLES.mode]: mode };
  }
}

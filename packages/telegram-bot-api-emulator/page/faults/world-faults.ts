import type { PageFaultAction } from '../../src/page/page-action.interface.js';
import type { PageBot, PageClock, PageFaults } from '../../src/page/page-protocol.js';
import { element } from '../dom/element.js';
import { fullTimeOf } from '../text/date-time.js';
import { plainName } from '../text/plain-name.js';
import { buttonRow, choiceRow, panelButton, panelSection, switchRow } from '../dom/panel-rows.js';

type Perform = (action: PageFaultAction) => void;

/** What can be chosen, in milliseconds. */
const DELAYS = [0, 1_000, 5_000, 30_000];
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What can go wrong everywhere. */
export function networkFaults(
  { isOutage, slowAnswersMs }: PageFaults,
  perform: Perform,
): HTMLElement {
  const delays = DELAYS.includes(slowAnswersMs) ? DELAYS : [...DELAYS, slowAnswersMs];
  const choices = delays.map((delay) => [String(delay), delayName(delay)] as const);
  return panelSection(
    'All of Telegram',
    switchRow('Outage', 'Bots cannot connect', isOutage, (isOn) =>
      perform({ type: 'outage', isOn }),
    ),
    choiceRow('Answers come', choices, String(slowAnswersMs), (delay) =>
      perform({ type: 'slowAnswers', delayMs: Number(delay) }),
    ),
  );
}

/** How the updates of a bot fare, and its token. */
export function botPanel(bot: PageBot, perform: Perform): HTMLElement {
  const { id, name, username, pendingUpdates, webhook } = bot;
  const updates = pendingUpdates === 1 ? '1 update waits' : `${pendingUpdates} updates wait`;
  const error = webhook?.lastError?.message;
  return panelSection(
    plainName(name),
    element('p', { class: 'note' }, `@${plainName(username)}, ${updates}`),
    element('p', { class: 'note' }, webhook ? `Webhook: ${webhook.url}` : 'No webhook'),
    error !== undefined && element('p', { class: 'note is-error' }, `Last failure: ${error}`),
    buttonRow(
      panelButton(
        'Revoke the token',
        () => perform({ type: 'revokeToken', bot: id }),
        'is-dangerous',
      ),
    ),
  );
}

/** The emulator's clock, which is moved where it is virtual. */
export function clockPanel({ kind }: PageClock, now: number, perform: Perform): HTMLElement {
  const time = element('p', { class: 'note' }, fullTimeOf(now));
  if (kind === 'machine') {
    const hint = 'It is that of the machine. Start the emulator with a VirtualClock to move it.';
    return panelSection('Clock', time, element('p', { class: 'note' }, hint));
  }
  const advance = (label: string, byMs: number): HTMLElement =>
    panelButton(label, () => perform({ type: 'advanceClock', byMs }));
  const step = (label: string, byMs: number): HTMLElement =>
    panelButton(label, () => perform({ type: 'stepClock', byMs }));
  return panelSection(
    'Clock',
    time,
    element('p', { class: 'note' }, 'Let time pass'),
    buttonRow(
      advance('10 s', 10_000),
      advance('1 min', MINUTE_MS),
      advance('1 h', HOUR_MS),
      advance('1 day', 24 * HOUR_MS),
    ),
    element('p', { class: 'note' }, 'Set it, while no time passes'),
    buttonRow(step('1 h back', -HOUR_MS), step('1 h on', HOUR_MS)),
  );
}

function delayName(delayMs: number): string {
  return delayMs === 0 ? 'at once' : `after ${delayMs / 1_000} s`;
}

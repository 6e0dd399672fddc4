import { describe, expect, it } from 'vitest';
import type { Job } from '../queue/job.interface.js';
import { firstNotices } from './first-notices.js';
import type { AgentNotifiedJob } from './jobs/agent-notified-job.interface.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import type { OutboundProgress } from './jobs/outbound-progress.interface.js';

const PUBLIC: AgentNotifiedJob = {
  v: 1,
  type: 'agent.notified',
  code: 'command_answered',
  inReplyTo: { chatId: -1, messageId: 7 },
  answer: 'for all',
};
const PRIVATE: AgentNotifiedJob = { ...PUBLIC, privately: [{ agentId: 1, answer: 'for one' }] };
const WITH_BUTTONS: AgentNotifiedJob = {
  ...PUBLIC,
  keyboard: { inline_keyboard: [[{ text: 'Press', callback_data: 'x' }]] },
};

function shownOf(...payloads: readonly OutboundJob[]): readonly OutboundJob[] {
  const jobs = payloads.map((payload, index): Job<OutboundJob, OutboundProgress> => {
    return { id: String(index), payload, attempts: 0 };
  });
  const batch = { key: 'agent:-1:7', jobs, complete: () => Promise.resolve() };
  return firstNotices(batch).map(({ payload }) => payload);
}

describe('The notices that are posted as one message', () => {
  it('are all that say something to all agents', () => {
    expect(shownOf(PUBLIC, PUBLIC)).toEqual([PUBLIC, PUBLIC]);
  });

  it('have none behind them that one agent alone is to see', () => {
    expect(shownOf(PUBLIC, PRIVATE)).toEqual([PUBLIC]);
  });

  it('have none behind them whose buttons would be missing', () => {
    expect(shownOf(PUBLIC, WITH_BUTTONS)).toEqual([PUBLIC]);
    expect(shownOf(WITH_BUTTONS, PUBLIC)).toEqual([WITH_BUTTONS]);
  });
});

import type { BotApiServer } from '../http/bot-api-server.js';
import type { EmulatorFault } from '../http/emulator-fault.js';
import type { FaultPlan, PlannedFault, SharedFault } from '../http/fault-plan.js';
import type { PageFaults } from './page-protocol.js';

/** The faults of calls that the page switches on and off, and those that a test has planned. */
export class FaultSwitches {
  readonly #plan: FaultPlan;
  readonly #server: BotApiServer;
  #slow:
    { readonly fault: EmulatorFault & { kind: 'delay' }; readonly end: () => void } | undefined;

  constructor(plan: FaultPlan, server: BotApiServer) {
    this.#plan = plan;
    this.#server = server;
  }

  /** Cuts the connections of bots, or lets them come again. */
  async setOutage(isOn: boolean): Promise<void> {
    if (isOn === this.#server.isOffline) return;
    await (isOn ? this.#server.goOffline() : this.#server.goOnline());
  }

  /** Lets each answer come later; 0 ends it. */
  slowAnswers(delayMs: number): void {
    this.#slow?.end();
    this.#slow = undefined;
    if (delayMs === 0) return;
    const fault = { kind: 'delay', delayMs } as const;
    const end = this.#plan.addShared({ fault, share: 1, method: undefined });
    this.#slow = { fault, end };
  }

  view(): PageFaults {
    const next = Array.from(this.#plan.planned, ([method, faults]) => describeNext(method, faults));
    const shared = [...this.#plan.shared].filter(({ fault }) => fault !== this.#slow?.fault);
    return {
      isOutage: this.#server.isOffline,
      slowAnswersMs: this.#slow?.fault.delayMs ?? 0,
      planned: [...next.flat(), ...shared.map(describeShared)],
    };
  }
}

function describeNext(method: string, planned: readonly PlannedFault[]): string[] {
  const counts = new Map<string, number>();
  for (const { fault } of planned) counts.set(fault.kind, (counts.get(fault.kind) ?? 0) + 1);
  return Array.from(counts, ([kind, count]) => `${count} × ${method}: ${kind}`);
}

function describeShared({ fault, share, method }: SharedFault): string {
  return `${Math.round(share * 100)} % of ${method ?? 'all calls'}: ${fault.kind}`;
}

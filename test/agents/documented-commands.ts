import { Injectable } from '@nestjs/common';
import { IsOptional, IsPositive, IsString } from 'class-validator';
import { AgentCommand, html, type AgentCommandCall, type Html } from '../../src/index.js';

/** What the example of the documentation calls. */
@Injectable()
export class Payments {
  readonly refunds: unknown[] = [];

  refund(threadId: string, amount: number, options: object): Promise<void> {
    this.refunds.push({ threadId, amount, ...options });
    return Promise.resolve();
  }
}

/** What else it calls. */
@Injectable()
export class Orders {
  cancel(threadId: string): Promise<{ number: string }> {
    return Promise.resolve({ number: `of ${threadId}` });
  }
}

export class RefundDto {
  @IsPositive()
  amount!: number;

  @IsOptional()
  @IsString()
  reason?: string;
}

@Injectable()
export class OrderCommands {
  constructor(
    private readonly payments: Payments,
    private readonly orders: Orders,
  ) {}

  @AgentCommand({ name: 'refund', description: 'Pays money back', dto: RefundDto })
  async refund({ threadId, agent, dto, id }: AgentCommandCall<RefundDto>): Promise<string> {
    await this.payments.refund(threadId, dto.amount, { by: agent.name, idempotencyKey: id });
    return `Refunded ${dto.amount} €`;
  }

  @AgentCommand({
    name: 'cancel',
    description: 'Cancels the order',
    button: 'Cancel order',
    confirm: true,
    style: 'danger',
  })
  async cancel({ threadId }: AgentCommandCall): Promise<Html> {
    const order = await this.orders.cancel(threadId);
    return html`Order <b>${order.number}</b> is cancelled`;
  }
}

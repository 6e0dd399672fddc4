// The handlers and commands of the app in the pictures.
import { AgentCommand, OnThreadReply, html } from 'nestjs-telegram-support';
import { IsOptional, IsPositive, IsString } from 'class-validator';

/** Takes every reply. */
export class Replies {
  answer() {}
}
decorate(Replies, 'answer', OnThreadReply());

/** Takes none. */
export class BrokenReplies {
  answer() {
    throw new Error('The database of the shop does not answer');
  }
}
decorate(BrokenReplies, 'answer', OnThreadReply());

class RefundDto {
  amount;
  reason;
}
IsPositive()(RefundDto.prototype, 'amount');
for (const check of [IsOptional(), IsString()]) check(RefundDto.prototype, 'reason');

/** The commands of docs/commands.md. */
export class OrderCommands {
  refund({ dto }) {
    return `Refunded ${dto.amount} €`;
  }

  cancel() {
    return html`Order <b>1042</b> is cancelled`;
  }
}
decorate(
  OrderCommands,
  'refund',
  AgentCommand({ name: 'refund', description: 'Pays money back', dto: RefundDto }),
);
decorate(
  OrderCommands,
  'cancel',
  AgentCommand({
    name: 'cancel',
    description: 'Cancels the order',
    button: 'Cancel order',
    confirm: true,
    style: 'danger',
  }),
);

/** As TypeScript does it. */
function decorate(type, method, decorator) {
  decorator(type.prototype, method, Object.getOwnPropertyDescriptor(type.prototype, method));
}

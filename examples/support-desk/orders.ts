import { Injectable } from '@nestjs/common';
import { DescribeThread, type ContextField } from 'nestjs-telegram-support';

/** What the shop knows of its customers. A real app asks its database. */
@Injectable()
export class Orders {
  @DescribeThread()
  describe(): ContextField[] {
    return [
      { label: 'Last order', text: 'A-1042', url: 'https://shop.example/orders/1042', copy: true },
      { label: 'Ordered', text: new Date(Date.now() - 3 * 24 * 60 * 60 * 1000) },
      { label: 'Orders', text: 7 },
    ];
  }
}

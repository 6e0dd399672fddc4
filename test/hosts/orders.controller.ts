import { Body, Controller, Get, Post } from '@nestjs/common';
import { IsString } from 'class-validator';

export class NewOrder {
  @IsString()
  item!: string;
}

/** The host app's own routes. */
@Controller('orders')
export class OrdersController {
  @Get()
  list(): string[] {
    return ['parcel'];
  }

  @Post()
  add(@Body() order: NewOrder): { item: string } {
    return { item: order.item };
  }
}

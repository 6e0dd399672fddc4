import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  Injectable,
  Module,
  type MiddlewareConsumer,
  type NestMiddleware,
  type NestModule,
} from '@nestjs/common';

type Next = (error?: unknown) => void;

/** Middleware as Express 4 knows it: a function of request, response and next. */
export const stamp =
  (name: string, value: string) =>
  (_request: IncomingMessage, response: ServerResponse, next: Next): void => {
    response.setHeader(name, value);
    next();
  };

@Injectable()
export class StampMiddleware implements NestMiddleware {
  use(request: IncomingMessage, response: ServerResponse, next: Next): void {
    stamp('x-class', 'seen')(request, response, next);
  }
}

/** Puts {@link StampMiddleware} before every route. */
@Module({})
export class StampModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(StampMiddleware).forRoutes('{*path}');
  }
}

import {
  Catch,
  HttpException,
  Injectable,
  SetMetadata,
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  type ExceptionFilter,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import { map, timeout, type Observable } from 'rxjs';

interface Headers {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly method: string;
  readonly url: string;
}

const PUBLIC = 'isPublic';

/** Exempts a route from {@link AuthGuard}. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC, true);

/** Lets requests pass that show the password, and every request where the route is public. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, targets)) return true;
    return context.switchToHttp().getRequest<Headers>().headers['authorization'] === 'password';
  }
}

/** Wraps what routes return, with a key `method`, which Telegram takes for a Bot API call. */
@Injectable()
export class EnvelopeInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<object> {
    const { method, url } = context.switchToHttp().getRequest<Headers>();
    return next.handle().pipe(map((data: unknown) => ({ method, path: url, data })));
  }
}

/** Fails when a route returns nothing. */
@Injectable()
export class CountingInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<object> {
    return next
      .handle()
      .pipe(map((data: object) => ({ count: Object.keys(data).length, items: data })));
  }
}

/** Limits routes to 20 ms. */
@Injectable()
export class ShortTimeoutInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(timeout(20));
  }
}

/** Answers every exception with one status, with the real one in the body. */
@Catch()
export class OneStatusFilter implements ExceptionFilter {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly status: number,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const code = error instanceof HttpException ? error.getStatus() : 500;
    const response = host.switchToHttp().getResponse<object>();
    this.adapterHost.httpAdapter.reply(response, { ok: false, code }, this.status);
  }
}

import { Controller, Get, HttpCode, Module, Query, Res } from '@nestjs/common';
import type { ServerResponse } from 'node:http';

/** The least that a page with the widget has to allow, as `docs/widget.md` says. */
export const STRICT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self'",
].join('; ');

/** The page of a shop, with the widget and nothing else. */
@Controller()
class ShopController {
  @Get('shop')
  page(@Query() query: Record<string, string>, @Res() response: ServerResponse): void {
    response.setHeader('Content-Security-Policy', STRICT_POLICY);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(shopPage(query));
  }
}

/** What browsers ask for without being told. */
@Controller()
class IconController {
  @Get('favicon.ico')
  @HttpCode(204)
  icon(): void {}
}

@Module({ controllers: [ShopController, IconController] })
export class ShopModule {}

/** @param query `attributes` of the element, `lang` of the page. */
export function shopPage({
  attributes = '',
  lang = 'en',
  origin = '',
}: Record<string, string>): string {
  return `<!doctype html><html lang="${lang}"><head><title>Shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
</head>
<body><main><h1>Shop</h1><button id="buy">Buy</button></main>
<script src="${origin}/support/widget.js" async></script>
<support-chat ${attributes}></support-chat></body></html>`;
}

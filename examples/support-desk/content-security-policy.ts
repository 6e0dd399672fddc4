import type { HelmetOptions } from 'helmet';

/** The strictest policy with which the pages and the widget work. Nothing comes from other servers. */
export function contentSecurityPolicy(deskUrl: string | null): HelmetOptions {
  const desk = deskUrl ? [new URL(deskUrl).origin] : [];
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        connectSrc: ["'self'"],
        imgSrc: ["'self'", 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        frameSrc: ["'self'", ...desk],
        frameAncestors: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    },
  };
}

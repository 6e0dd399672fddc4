import type { INestApplication } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';

type Module = ModulesContainer extends Map<string, infer M> ? M : never;

/**
 * The URL of the webhook of an app that listens.
 *
 * @param module The module of the bot.
 * @param webhookPath Where it is said to be; by default where the module knows it to be.
 * @throws {Error} When there is none, or the app refuses an update there.
 */
export async function findWebhook(
  app: INestApplication,
  module: Module,
  webhookPath?: string,
): Promise<string> {
  const { WebhookRoutes } = await import('../webhook/webhook-routes.js');
  const routes: unknown = module.providers.get(WebhookRoutes)?.instance;
  const served = routes instanceof WebhookRoutes ? routes.found?.path : undefined;
  const path = webhookPath ?? served;
  if (path === undefined) {
    throw new Error(
      'No controller of the app takes updates: with webhook: false, one of its controllers has to extend TelegramWebhookController',
    );
  }
  const url = `${await app.getUrl()}/${path.replace(/^\/+/, '')}`;
  const status = await deliverNothing(url, await secretOf(module));
  if (status !== 200) throw new Error(refusal(url, status, served));
  return url;
}

async function secretOf(module: Module): Promise<string> {
  const { WEBHOOK_SECRETS } = await import('../webhook/webhook.constants.js');
  const { WebhookSecrets: Secrets } = await import('../secrets/webhook-secrets.js');
  const secrets: unknown = module.providers.get(WEBHOOK_SECRETS)?.instance;
  return secrets instanceof Secrets ? secrets.current.reveal() : '';
}

/** An update without content, with the secret: without it, the app would answer before its guards are asked. */
async function deliverNothing(url: string, secret: string): Promise<number> {
  const { SECRET_HEADER } = await import('../secrets/webhook-secrets.js');
  const headers = { 'Content-Type': 'application/json', [SECRET_HEADER]: secret };
  const body = JSON.stringify({ update_id: 0 });
  const { status } = await fetch(url, { method: 'POST', headers, body, redirect: 'manual' });
  return status;
}

function refusal(url: string, status: number, served: string | undefined): string {
  const answer = `POST ${url} with the secret is answered with ${status}, not with 200`;
  if (served !== undefined && new URL(url).pathname !== served) {
    return `${answer}: this app serves the webhook at ${served}, so leave webhookPath out`;
  }
  return `${answer}: a guard, middleware, pipe or interceptor of the app refuses updates; exempt the webhook, for instance by webhookDecorators: [Public()]`;
}

import { Injectable } from '@nestjs/common';
import { environmentProxy, type EnvironmentProxy } from '../../bot/environment-proxy.js';
import { failed, passed } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';
import { nameOfProxy } from '../name-of-proxy.js';

/** Whether a proxy that the environment names can be used. */
@Injectable()
export class ProxyCheck implements DiagnosticCheck {
  readonly id = 'proxy';
  readonly needs = ['options'];

  run({ settings: { apiRoot } }: DeskFacts): CheckOutcome {
    const proxy = environmentProxy(apiRoot);
    if (!proxy) return passed('Telegram is called without a proxy');
    const problem = problemOf(proxy);
    if (!problem) {
      return passed(`Telegram is called through ${nameOfProxy(proxy)}`);
    }
    return failed({
      finding: `The variable ${proxy.variable} of the environment ${problem}`,
      why: 'Telegram is called through the proxy that it names, so that no call gets through',
      remedy: `Set ${proxy.variable} to an http:// or https:// proxy, or add ${new URL(apiRoot).hostname} to NO_PROXY, and start the app again`,
    });
  }
}

function problemOf({ url }: EnvironmentProxy): string | undefined {
  if (!URL.canParse(url)) return 'is no URL';
  const { protocol } = new URL(url);
  return /^https?:$/.test(protocol) ? undefined : `names a ${protocol}// proxy`;
}

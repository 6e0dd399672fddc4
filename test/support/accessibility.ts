import axe, { type AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** What axe-core finds that is serious or critical, in all frames and open shadow roots of a page. */
export async function seriousAccessibilityProblems(page: Page): Promise<string[]> {
  const problems: string[] = [];
  for (const frame of page.frames()) problems.push(...(await problemsOf(frame)));
  return problems;
}

async function problemsOf(frame: Frame): Promise<string[]> {
  await frame.evaluate(axe.source);
  // As a text, since the page has another `axe` than this module. Frames in this one are asked themselves.
  const { violations } = await frame.evaluate<AxeResults>(
    'axe.run({ iframes: false, preload: false })',
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) =>
        [`${id}: ${help}`, String(target), failureSummary].join('\n'),
      ),
    );
}

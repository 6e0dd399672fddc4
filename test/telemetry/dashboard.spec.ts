import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../support/run.js';
import { startBusyDesk } from './busy-desk.js';
import { RecordingSdk } from './recording-sdk.js';

interface Dashboard {
  readonly panels: ReadonlyArray<{
    readonly title: string;
    readonly targets: ReadonlyArray<{ readonly expr: string; readonly legendFormat: string }>;
  }>;
  readonly templating: {
    readonly list: ReadonlyArray<{ readonly name: string; readonly definition?: string }>;
  };
}

/** A series of a metric in the text that Prometheus reads. */
interface Series {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
}

const SERIES = /^([a-z_]+)\{(.*)\} \S+$/;
const METRIC = /\b([a-z_]+)\{([^}]*)\}/g;

function seriesOf(scraped: string): Series[] {
  return scraped.split('\n').flatMap((line) => {
    const [, name, labels = ''] = SERIES.exec(line) ?? [];
    if (name === undefined) return [];
    const pairs = [...labels.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)];
    return { name, labels: new Map(pairs.map(([, key = '', value = '']) => [key, value])) };
  });
}

/** The metrics that a query names, each with the labels by which it is filtered, and by which the query groups. */
function metricsOf(query: string, legend: string): Array<{ name: string; labels: string[] }> {
  const grouped = [...query.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names = '']) =>
    names.split(', '),
  );
  const shown = [...legend.matchAll(/\{\{([a-z_]+)\}\}/g)].map(([, name = '']) => name);
  return [...query.matchAll(METRIC)].map(([, name = '', filter = '']) => ({
    name,
    labels: [...new Set([...grouped, ...shown, ...labelsOf(filter)])],
  }));
}

/** A label that is to be empty need not be there. */
function labelsOf(filter: string): string[] {
  const filters = [...filter.matchAll(/([a-z_]+)(=~|!=|=)"([^"]*)"/g)];
  return filters.flatMap(([, label = '', comparison, value]) =>
    comparison === '=' && value === '' ? [] : label,
  );
}

describe('The dashboard for Grafana', () => {
  it('asks only for what a desk exports, by labels that it has', async () => {
    const file = join(projectFolder, 'docs/grafana/telegram-support.json');
    const { panels, templating }: Dashboard = JSON.parse(await readFile(file, 'utf8'));
    const variables = templating.list.map(({ definition = '' }) => {
      const [query = '', label = ''] = definition.replace(/^label_values\(|\)$/g, '').split(', ');
      return { title: 'variable', expr: `sum by (${label}) (${query})`, legendFormat: '' };
    });
    const queries = [
      ...panels.flatMap(({ title, targets }) => targets.map((each) => ({ title, ...each }))),
      ...variables.slice(1),
    ];
    expect(queries.length).toBeGreaterThan(18);
    const sdk = RecordingSdk.start();
    const desk = await startBusyDesk('memory', sdk);
    const series = seriesOf(await sdk.scraped());
    await desk.stop();
    sdk.stop();
    const missing = queries.flatMap(({ title, expr, legendFormat }) => {
      const metrics = metricsOf(expr, legendFormat);
      if (metrics.length === 0) return `${title}: ${expr} names no metric`;
      return metrics.flatMap(({ name, labels }) => {
        const has = series.some(
          (each) => each.name === name && labels.every((label) => each.labels.has(label)),
        );
        return has ? [] : `${title}: no ${name} with ${labels.join(', ')}`;
      });
    });
    expect(missing).toEqual([]);
  });
});

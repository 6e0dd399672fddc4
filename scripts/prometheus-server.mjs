// A Prometheus that reads one process every second.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.mjs';

const PROGRAM = process.env.PROMETHEUS ?? 'prometheus';

export class Prometheus {
  #child;
  #folder;
  #origin;

  constructor(child, folder, origin) {
    this.#child = child;
    this.#folder = folder;
    this.#origin = origin;
  }

  /** @param targetPort Where the metrics are. */
  static async start(targetPort) {
    const folder = await mkdtemp(join(tmpdir(), 'prometheus-'));
    const config = join(folder, 'prometheus.yml');
    await writeFile(
      config,
      `global: { scrape_interval: 1s }
scrape_configs:
  - job_name: support
    static_configs: [{ targets: ['127.0.0.1:${targetPort}'] }]
`,
    );
    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn(PROGRAM, [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
    ]);
    child.once('error', () => {
      console.error('The picture needs Prometheus: put it on the PATH, or set PROMETHEUS');
      process.exit(1);
    });
    const prometheus = new Prometheus(child, folder, `http://${address}`);
    while (!(await prometheus.#isReady())) await delay(200);
    return prometheus;
  }

  /** What a query finds at one moment. */
  async at(query, time) {
    const found = await this.#ask('query', { query, time });
    return found.map(({ metric, value }) => ({ metric, points: [pointOf(value)] }));
  }

  /** What a query finds in a time. */
  async in(query, { from, to, step }) {
    const found = await this.#ask('query_range', { query, start: from, end: to, step });
    return found.map(({ metric, values }) => ({ metric, points: values.map(pointOf) }));
  }

  async stop() {
    this.#child.kill();
    await once(this.#child, 'exit');
    await rm(this.#folder, { recursive: true });
  }

  async #ask(kind, params) {
    const answer = await fetch(`${this.#origin}/api/v1/${kind}?${new URLSearchParams(params)}`);
    const { status, error, data } = await answer.json();
    if (status !== 'success') throw new Error(`Prometheus refuses ${params.query}: ${error}`);
    return data.result;
  }

  async #isReady() {
    const answer = await fetch(`${this.#origin}/-/ready`).catch(() => null);
    return answer?.ok === true;
  }
}

function pointOf([time, value]) {
  return { time, value: Number(value) };
}

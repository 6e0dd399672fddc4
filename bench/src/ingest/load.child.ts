import { connect } from 'node:net';
import { createHistogram, performance } from 'node:perf_hooks';
import { answerParent } from '../support/child.js';
import { SECRET, SECRET_HEADER, type LoadOutcome, type LoadTask } from './ingest.task.js';
import { updateText } from './update.text.js';

const CONNECTIONS = 50;

/**
 * Keeps one request under way on each of 50 kept connections. It writes and reads the bytes itself:
 * an HTTP client of Node takes more time than the fastest of the servers.
 */
answerParent(async (task: LoadTask): Promise<LoadOutcome> => {
  const latencies = createHistogram();
  let sent = 0;
  let failures = 0;
  const next = (): string => requestText(task, task.firstUpdate + sent++);

  const line = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect({ port: task.port, host: '127.0.0.1', noDelay: true });
      socket.setEncoding('latin1');
      let received = '';
      let sentAt = 0;
      const send = (): void => {
        if (sent >= task.requests) {
          socket.end();
          resolve();
          return;
        }
        sentAt = performance.now();
        socket.write(next());
      };
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('close', resolve);
      socket.on('data', (chunk: string) => {
        received += chunk;
        const length = answerLength(received);
        if (length === undefined || received.length < length) return;
        latencies.record(Math.max(1, Math.round((performance.now() - sentAt) * 1_000)));
        if (!received.startsWith('HTTP/1.1 200')) failures += 1;
        received = received.slice(length);
        send();
      });
    });

  await Promise.all(Array.from({ length: CONNECTIONS }, line));
  return {
    requests: latencies.count,
    p50Ms: latencies.percentile(50) / 1000,
    p99Ms: latencies.percentile(99) / 1000,
    failures,
  };
});

function requestText({ path, isForDesk }: LoadTask, number: number): string {
  const body = updateText(number, isForDesk);
  return (
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
    `${SECRET_HEADER}: ${SECRET}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

/** How long the whole answer is; undefined while its head is not there. */
function answerLength(received: string): number | undefined {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = received.slice(0, headEnd);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`An answer of unknown length: ${head}`);
  return headEnd + 4 + Number(length);
}

/** How long a job waits after its first, second, … failure; the last one stands for all after it. */
export const RETRY_DELAYS_MS: readonly number[] = [1_000, 5_000, 30_000, 120_000];

import { describe } from 'vitest';
import { describeFirstHours } from './first-hours.js';

describe('A new app of the CLI of Nest 12', () => {
  describeFirstHours(12);
});

import { describe } from 'vitest';
import { NEST_11 } from './installed.app.js';
import { describePackedPackage } from './packed-package.js';

describe('The packed package, installed in an app on Nest 11', () => {
  describePackedPackage(11, NEST_11);
});

import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The specs of each project that take more than half a minute: what begins last would end long after all others. */
const LONGEST = [
  'packaging/first-hours.nest-12',
  'packaging/first-hours.nest-11',
  'packaging/package.nest-12',
  'packaging/package.nest-11',
  'queue/denied-redis',
  'desk/redis-rights',
  'desk/failover',
  'desk/clocks',
  'desk/refusals',
  'desk/flush',
  'desk/faults',
  'desk/stalls',
  'polling/polling',
  'drills/killed-redis',
  'drills/denied-redis',
].map((name) => `/test/${name}.spec.ts`);

/** Starts the longest specs of a project first, also where no run before has measured them. */
export class LongestFirstSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- It is no array that is sorted.
    const sorted = await super.sort(files);
    const projects = [...new Set(sorted.map(({ project }) => project))];
    return projects.flatMap((project) => {
      const own = sorted.filter((file) => file.project === project);
      return own.toSorted((a, b) => rankOf(a) - rankOf(b));
    });
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const index = LONGEST.findIndex((name) => moduleId.endsWith(name));
  return index < 0 ? LONGEST.length : index;
}

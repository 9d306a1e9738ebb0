import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Files that run longest, as measured, the longest first: begun last, one would be waited for with a processor idle. The
 * order that Vitest knows without an earlier run is that of their sizes, which tells little of their seconds.
 */
const longest = [
  'trades/trades',
  'conformance/rights.mutations',
  'browser/identity',
  'browser/foundation',
  'browser/locations',
  'browser/access',
  'browser/modelling',
  'conformance/isolation.roles',
  'cli/cli',
  'conformance/crash',
  'browser/audit',
  'browser/workspace',
].map((name) => `/${name}.test.ts`)

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = longest.findIndex((name) => moduleId.endsWith(name))
      return place < 0 ? longest.length : place
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  test: {
    include: ['{apps,packages,tests,scripts,benchmarks}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['tests/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Two processes for all files: to load the server for each of them anew takes longer than most of them. So what a test
    // changes of its process it puts back.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    // Conditions that are waited for come late on a busy machine.
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
  },
})

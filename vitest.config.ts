import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Files that run longest, as measured, the longest first: begun last, one would be waited for with a processor idle. The
 * order that Vitest knows without an earlier run is that of their sizes, which tells little of their seconds.
 */
const longest = [
  'conformance/rights.mutations',
  'trades/trades',
  'browser/pipelines',
  'browser/identity',
  'cli/cli',
  'conformance/isolation.roles',
  'browser/modelling',
  'browser/locations',
  'browser/workspace',
  'conformance/crash',
  'browser/foundation',
  'browser/access',
  'conformance/isolation',
  'conformance/links',
  'trades/automation',
  'conformance/template-matrix',
  'conformance/plans',
  'browser/audit',
  'browser/duplicates',
  'browser/files',
  'browser/record',
  'conformance/crash.jobs',
  'browser/reshaping',
  'browser/calendar',
  'browser/automation',
  'rest/quota',
  'conformance/unique-keys',
  'browser/mail',
  'rest/documentation-page',
  'conformance/races',
  'browser/activities',
  'browser/new-object-from-file',
  'browser/notifications',
  'browser/bulk',
  'conformance/rights',
  'browser/remnants',
  'imports/interruptions',
  'browser/grid',
  'conformance/linking.races',
  'conformance/workflow-chaos',
  'architecture/types',
  'conformance/reshaping',
  'browser/first-words',
  'browser/board',
  'browser/installation',
  'messaging/outbox',
  'browser/forms',
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

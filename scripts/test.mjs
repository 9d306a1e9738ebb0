// `npm test`: all tests, or those of the files that are named behind `--`. A file that fails is run once more, with nothing
// beside it, and said to have needed it: see docs/decisions/0027-second-tries.md, also for those that have one try only.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(fileURLToPath(import.meta.url), '../..')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')

/** More than these failing at once is no matter of timing. */
const secondTries = 3

/** What leaks, loses or doubles something once in a while does so: no second try. */
const oneTry = 'tests/conformance/'

/**
 * Runs tests and shows them.
 *
 * @param {string[]} args of the command line of Vitest: files, and options.
 * @returns {{ passed: boolean, failed: string[] }} failed: paths in the project of files with a failed test.
 */
function run(args) {
  const folder = mkdtempSync(join(tmpdir(), 'oneforge-tests-'))
  const report = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  try {
    const { status } = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...args], {
      cwd: root,
      stdio: 'inherit',
    })
    return { passed: status === 0, failed: status === 0 ? [] : failedFiles(report) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** None where the run ended before it could report. */
function failedFiles(report) {
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'))
    const failed = testResults.filter(({ status }) => status === 'failed')
    return failed.map(({ name }) => relative(root, name).split(sep).join('/'))
  } catch {
    return []
  }
}

function mayBeTriedAgain({ failed }) {
  return failed.length > 0 && failed.length <= secondTries && !failed.some((file) => file.startsWith(oneTry))
}

let result = run(process.argv.slice(2))
if (!result.passed && mayBeTriedAgain(result)) {
  const files = result.failed
  console.log(`\nOnce more, from the beginning: ${files.join(', ')}`)
  result = run(['--no-file-parallelism', ...files])
  if (result.passed) console.log(`\nPassed at the second try only, and in want of mending: ${files.join(', ')}`)
}
process.exitCode = result.passed ? 0 : 1

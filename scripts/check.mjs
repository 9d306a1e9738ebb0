// `npm run check`: types, lint and format, and the rules of the architecture. Runs them all, then says what failed.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(fileURLToPath(import.meta.url), '../..')
const program = (...path) => join(root, 'node_modules', ...path)

const steps = [
  ['types', program('typescript', 'bin', 'tsc'), ['-p', 'tsconfig.json']],
  ['types of the page', program('typescript', 'bin', 'tsc'), ['-p', 'apps/web/tsconfig.json']],
  ['lint and format', program('@biomejs', 'biome', 'bin', 'biome'), ['check', '--error-on-warnings']],
  ['architecture', program('vitest', 'vitest.mjs'), ['run', 'tests/architecture']],
]

const failed = []
for (const [name, file, args] of steps) {
  console.log(`\n── ${name}`)
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' })
  if (status !== 0) failed.push(name)
}
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}.`)
process.exitCode = failed.length === 0 ? 0 : 1

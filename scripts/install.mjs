// Runs before `npm start`, `npm test` and `npm run dev`, on the machine's own Node (20 or newer) and without any
// package: a fresh clone has none. Takes a few milliseconds when there is nothing to do.
//
//   --web          the web page is built
//   --browser      a Chromium is there for the browser tests
//   --postgres-15  the oldest PostgreSQL we support is there to be tested against (where that is easy)
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { buildWeb } from './build-web.mjs'
import { installChromium } from './chromium.mjs'
import { installPackages, requireRuntime } from './packages.mjs'
import { installPostgres15 } from './postgres-15.mjs'

const root = join(fileURLToPath(import.meta.url), '../..')
const { values: wanted } = parseArgs({
  options: { web: { type: 'boolean' }, browser: { type: 'boolean' }, 'postgres-15': { type: 'boolean' } },
})

try {
  installPackages(root)
  requireRuntime(root)
  if (wanted.web) buildWeb(root)
  if (wanted.browser) installChromium()
  if (wanted['postgres-15']) installPostgres15()
} catch (error) {
  console.error(`\n${error.message}\n`)
  process.exitCode = 1
}

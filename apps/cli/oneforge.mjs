#!/usr/bin/env node
// Starts the command line on Node 24, whichever Node the machine has: the project brings its own.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as modules from 'node:module'
import { fileURLToPath } from 'node:url'

const NEEDED = 24
const program = fileURLToPath(new URL('main.ts', import.meta.url))
const windows = process.platform === 'win32'
const runtime = fileURLToPath(new URL(`../../node_modules/node/bin/node${windows ? '.exe' : ''}`, import.meta.url))
// What was compiled stays here, which halves the time of the next start. Node's own place for it others could write to.
const compiled = fileURLToPath(new URL('../../node_modules/.cache/oneforge', import.meta.url))

if (Number.parseInt(process.versions.node, 10) >= NEEDED) {
  modules.enableCompileCache(compiled)
  await import(program)
} else if (existsSync(runtime)) {
  const child = spawn(runtime, [program, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: compiled, ...process.env },
  })
  // The terminal's own signals reach the child as well; it decides when to end.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code))
} else {
  console.error(`OneForge runs on Node ${NEEDED}, which comes with its packages. Run npm ci in the project first.`)
  process.exit(1)
}

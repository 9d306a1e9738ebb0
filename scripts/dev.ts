/**
 * `npm run dev`: the server, started anew when its code changes, and the page with its changes shown at once. The page
 * passes what it asks of the API on to the server. Both end together.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const port = process.env.PORT ?? '3000'
const pagePort = process.env.OF_WEB_PORT ?? '5173'
const pageUrl = `http://localhost:${pagePort}`

const environment = {
  ...process.env,
  PORT: port,
  OF_WEB_PORT: pagePort,
  OF_API_URL: `http://localhost:${port}`,
  // Where people reach it: links in messages lead to the page.
  OF_BASE_URL: process.env.OF_BASE_URL ?? pageUrl,
}

/** What the server is made of. Node's own --watch died on being stopped and left the server behind, so we look ourselves. */
const serverSources = ['apps/server', 'packages', 'migrations']
const isSource = /\.(ts|json|sql)$/
const isTest = /\.(test|fixture)\.ts$/
/** An editor writes several files at once. */
const settleMs = 200

let ending = false
let changed = false
let server = startServer()
const page = start('page', join(root, 'apps/web'), [
  join(root, 'node_modules/vite/bin/vite.js'),
  '--clearScreen',
  'false',
])
page.on('exit', () => endAll(1))
console.log(`The page: ${pageUrl} · the API: http://localhost:${port}/api/docs · Ctrl+C ends both`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => endAll(0))
for (const folder of serverSources) {
  watch(join(root, folder), { recursive: true }, (_, name) => {
    if (name && isSource.test(name) && !isTest.test(name)) restartSoon()
  })
}

/** Stops the server, which closes its database in order; its end brings the next. */
function restartSoon(): void {
  if (changed || ending) return
  changed = true
  setTimeout(() => {
    console.log('The code of the server has changed: starting it anew')
    if (hasEnded(server)) restart()
    else server.kill('SIGTERM')
  }, settleMs)
}

function restart(): void {
  changed = false
  server = startServer()
}

function startServer(): ChildProcess {
  const child = start('server', root, ['--env-file-if-exists=.env', 'apps/server/src/main.ts'])
  child.on('exit', (code) => {
    if (ending) return
    if (changed) restart()
    else console.error(`The server has ended (${code ?? 'killed'}); it is started again when its code changes.`)
  })
  return child
}

/** In a process group of its own: Ctrl+C reaches only this program, which then ends both in order. */
function start(name: string, directory: string, args: string[]): ChildProcess {
  const child = spawn(process.execPath, args, {
    cwd: directory,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: process.platform !== 'win32',
  })
  child.on('error', (error) => console.error(`The ${name} could not be started: ${error.message}`))
  return child
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

async function endAll(exitCode: number): Promise<void> {
  if (ending) return
  ending = true
  const running = [server, page].filter((child) => !hasEnded(child))
  await Promise.all(
    running.map((child) => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      return ended
    }),
  )
  process.exit(exitCode)
}

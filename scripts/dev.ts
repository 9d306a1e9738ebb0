/**
 * `npm run dev`: the server, started anew when its code changes, and the page with its changes shown at once. The page
 * passes what it asks of the API on to the server. Both end together.
 */
import { type ChildProcess, spawn } from 'node:child_process'
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

const children = [
  start('server', root, ['--env-file-if-exists=.env', '--watch', '--watch-preserve-output', 'apps/server/src/main.ts']),
  start('page', join(root, 'apps/web'), [join(root, 'node_modules/vite/bin/vite.js'), '--clearScreen', 'false']),
]
console.log(`The page: ${pageUrl} · the API: http://localhost:${port}/api/docs · Ctrl+C ends both`)

let ending = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => endAll(0))

function start(name: string, directory: string, args: string[]): ChildProcess {
  // In a process group of its own: Ctrl+C reaches only this program, which then ends both in order.
  const child = spawn(process.execPath, args, {
    cwd: directory,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: process.platform !== 'win32',
  })
  child.on('exit', (code) => {
    if (!ending) console.error(`The ${name} has ended (${code ?? 'killed'}).`)
    endAll(code === 0 ? 0 : 1)
  })
  return child
}

function endAll(exitCode: number): void {
  if (ending) return
  ending = true
  process.exitCode = exitCode
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
}

// Builds the web page into apps/web/dist when its sources differ from those it was built of.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { runtimeOf } from './packages.mjs'

const SOURCES = [
  'apps/web',
  'packages/client',
  'docs/guides',
  'docs/pictures',
  'package-lock.json',
  'scripts/build-web.mjs',
]
const NOT_SOURCES = /^(dist(-\d+.*)?|node_modules)$/

/** @throws Error when the build fails; its messages are above. */
export function buildWeb(root) {
  const web = join(root, 'apps', 'web')
  if (!existsSync(join(web, 'vite.config.ts'))) {
    console.log('There is no web page to build: apps/web/vite.config.ts does not exist.')
    return
  }
  const stamp = join(web, 'dist', '.built')
  const fingerprint = fingerprintOf(root)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return
  console.log('Building the web page …')
  const node = existsSync(runtimeOf(root)) ? runtimeOf(root) : process.execPath
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const made = join(web, `dist-${process.pid}`)
  const { status } = spawnSync(node, [vite, 'build', '--logLevel', 'error', '--outDir', made], {
    cwd: web,
    // Whoever asks for it, a test too: the page that is built is the one that people get.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) throw new Error('The web page could not be built: see the messages above.')
  writeFileSync(join(made, '.built'), fingerprint)
  replace(join(web, 'dist'), made)
}

/** At once, so that two builds at the same time do not mix. */
function replace(folder, made) {
  const old = `${made}-old`
  if (existsSync(folder)) renameSync(folder, old)
  renameSync(made, folder)
  rmSync(old, { recursive: true, force: true })
}

/** A hash over the names and contents of all sources. */
export function fingerprintOf(root) {
  const hash = createHash('sha256')
  for (const source of SOURCES) addTo(hash, join(root, source), root)
  return hash.digest('hex')
}

function addTo(hash, path, root) {
  const entries = readEntries(path)
  if (!entries) {
    hash.update(`${relative(root, path)}\0`).update(readFileSync(path))
    return
  }
  for (const name of entries.sort()) {
    if (!NOT_SOURCES.test(name)) addTo(hash, join(path, name), root)
  }
}

/** The names in a directory, or undefined for a file. */
function readEntries(path) {
  try {
    return readdirSync(path)
  } catch (error) {
    if (error.code === 'ENOTDIR') return undefined
    throw error
  }
}

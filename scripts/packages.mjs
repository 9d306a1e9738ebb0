// The npm packages of package-lock.json, among them Node 24 itself, which then runs everything else.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const RUNTIME_MAJOR = 24

/** Runs `npm ci` unless node_modules holds what package-lock.json lists. */
export function installPackages(root) {
  if (isInstalled(root)) return
  console.log('Installing the packages of package-lock.json …')
  const { status, error } = npm(root, ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  if (status === 0) return
  throw new Error(
    `npm ci failed${error ? ` (${error.message})` : ''}: see its messages above. Is the npm registry reachable?`,
  )
}

/**
 * Whether node_modules is what package-lock.json asks for, told by the record that npm leaves in it when it is done.
 * What npm leaves out on purpose (other platforms, and with --omit=dev the tools) does not count as missing.
 */
export function isInstalled(root) {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const { packages: installed } = JSON.parse(readFileSync(record, 'utf8'))
  const { packages: wanted } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith('node_modules/')) return true
    const found = installed[path]
    if (!found) return mayBeAbsent(entry)
    return found.version === entry.version && found.resolved === entry.resolved
  })
}

function mayBeAbsent(entry) {
  const toolsOmitted = process.env.NODE_ENV === 'production' || process.env.npm_config_omit?.includes('dev')
  return Boolean(entry.optional || entry.devOptional || (entry.dev && toolsOmitted))
}

/**
 * Makes sure that `node` in npm's scripts is Node 24.
 *
 * @throws Error that says how to get it when npm was told to run no install scripts.
 */
export function requireRuntime(root) {
  if (majorVersionOf(runtimeOf(root)) === RUNTIME_MAJOR) return
  // npm falls back to the machine's Node when the package brought none, which is fine when that is new enough.
  if (!existsSync(runtimeOf(root)) && Number.parseInt(process.versions.node, 10) >= RUNTIME_MAJOR) return
  throw new Error(
    `OneForge runs on Node ${RUNTIME_MAJOR}, which comes with the npm package «node», but ${runtimeOf(root)} is not it. ` +
      'Its install script was probably blocked (ignore-scripts in an .npmrc, or npm ci --ignore-scripts). ' +
      `Allow this one with\n\n  npm rebuild node --ignore-scripts=false\n\nor use Node ${RUNTIME_MAJOR} on this machine, and start again.`,
  )
}

/** Path of the Node that the package «node» brings. */
export function runtimeOf(root) {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

function majorVersionOf(program) {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  return Number.parseInt(stdout?.slice(1), 10)
}

/** Runs the npm that runs us, or else the one on the PATH. */
function npm(root, args) {
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }
  const itself = process.env.npm_execpath
  if (itself?.endsWith('.js')) return spawnSync(process.execPath, [itself, ...args], options)
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

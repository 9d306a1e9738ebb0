import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const repository = resolve(import.meta.dirname, '..')
/** A project with the same scripts and no packages, so that its `npm ci` needs no registry. */
let project: string

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'oneforge-install-'))
  cpSync(join(repository, 'scripts'), join(project, 'scripts'), { recursive: true })
  write('package.json', '{ "name": "project", "version": "1.0.0" }')
  write('package-lock.json', lockfile({}))
})

afterEach(() => rmSync(project, { recursive: true, force: true }))

describe('the packages', () => {
  it('are installed once, and then not looked at again', () => {
    expect(install()).toMatchObject({ status: 0, stdout: expect.stringContaining('Installing the packages') })
    write('node_modules/.package-lock.json', lockfile({}))
    expect(install()).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  it('are installed again when the lockfile asks for another version', () => {
    write('node_modules/.package-lock.json', lockfile({ 'node_modules/pg': { version: '8.0.0' } }))
    write('package-lock.json', lockfile({ 'node_modules/pg': { version: '8.1.0' } }))
    expect(install().stdout).toContain('Installing the packages')
  })

  it('of other platforms may be absent', () => {
    write('node_modules/.package-lock.json', lockfile({}))
    write('package-lock.json', lockfile({ 'node_modules/mac-only': { version: '1.0.0', optional: true } }))
    expect(install()).toEqual({ status: 0, stdout: '', stderr: '' })
  })
})

describe('the runtime', () => {
  it('has to be Node 24: says how to get it when its install script was blocked', () => {
    write('node_modules/.package-lock.json', lockfile({}))
    write('node_modules/node/bin/node', '#!/bin/sh\necho v20.20.2\n', 0o755)
    const { status, stderr } = install()
    expect(status).toBe(1)
    expect(stderr).toContain('npm rebuild node --ignore-scripts=false')
  })
})

describe('the web page', () => {
  const built = () => readFileSync(join(project, 'apps/web/dist/.built'), 'utf8')

  beforeEach(() => write('node_modules/.package-lock.json', lockfile({})))

  it('may be missing, which is said', () => {
    expect(install('--web')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('There is no web page to build'),
    })
  })

  it('is built anew when a source has changed, and only then', () => {
    writePage('first')
    expect(install('--web')).toMatchObject({ status: 0, stdout: 'Building the web page …\n' })
    expect(readFileSync(join(project, 'apps/web/dist/index.html'), 'utf8')).toContain('first')
    const before = built()
    expect(install('--web')).toEqual({ status: 0, stdout: '', stderr: '' })

    write('packages/client/index.ts', 'export const changed = true\n')
    expect(install('--web').stdout).toBe('Building the web page …\n')
    write('docs/guides/first.md', '# Changed\n')
    expect(install('--web').stdout).toBe('Building the web page …\n')
    expect(built()).not.toBe(before)
  })

  it('that cannot be built stops the start, and is tried again', () => {
    writePage('<script type="module" src="./missing.ts"></script>')
    const { status, stderr } = install('--web')
    expect(status).toBe(1)
    expect(stderr).toContain('The web page could not be built')
    expect(existsSync(join(project, 'apps/web/dist/.built'))).toBe(false)
  })

  function writePage(body: string): void {
    symlinkSync(join(repository, 'node_modules/vite'), join(project, 'node_modules/vite'))
    write('apps/web/vite.config.ts', 'export default {}\n')
    write('apps/web/index.html', `<!doctype html><body>${body}</body>`)
    write('packages/client/index.ts', 'export {}\n')
    write('docs/guides/first.md', '# First\n')
    write('docs/pictures/first.svg', '<svg/>')
  }
})

describe('the browser', () => {
  beforeEach(() => write('node_modules/.package-lock.json', lockfile({})))

  it('is the one that CHROMIUM_PATH names', () => {
    write('chromium', '', 0o755)
    expect(install('--browser', { CHROMIUM_PATH: join(project, 'chromium') }).status).toBe(0)
    const { status, stderr } = install('--browser', { CHROMIUM_PATH: '/nowhere/chromium' })
    expect(status).toBe(1)
    expect(stderr).toContain('CHROMIUM_PATH names /nowhere/chromium, which does not exist')
  })
})

function install(flag?: string, env: Record<string, string> = {}) {
  const args = [join(project, 'scripts/install.mjs'), ...(flag ? [flag] : [])]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  return { status, stdout, stderr }
}

function lockfile(packages: Record<string, object>): string {
  return JSON.stringify({
    name: 'project',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: { '': { name: 'project', version: '1.0.0' }, ...packages },
  })
}

function write(path: string, content: string, mode = 0o644): void {
  const file = join(project, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content, { mode })
}

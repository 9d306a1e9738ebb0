import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectFiles, root } from './sources.ts'

const files = projectFiles()
const code = files.filter((path) => /\.(ts|tsx|mts|mjs|js|css)$/.test(path))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

describe('files', () => {
  const longest = 400
  const longestTest = 600
  /** Longer files with the lines they may have. Numbers may only get smaller, and the list only shorter. */
  const exceptions: Record<string, number> = {}
  /** Written by a program, for a program. */
  const generated = ['packages/client/generated.ts']

  const limitOf = (path: string): number => exceptions[path] ?? (/\.test\.tsx?$/.test(path) ? longestTest : longest)
  const linesOf = (path: string): number => read(path).trimEnd().split('\n').length

  it('can be read from top to bottom', () => {
    const long = code.filter((path) => !generated.includes(path) && linesOf(path) > limitOf(path))
    expect(long.map((path) => `${path}: ${linesOf(path)} lines, ${limitOf(path)} at the most`)).toEqual([])
  })

  it('stay on the list of long ones only while they are long', () => {
    const shorter = Object.entries(exceptions).filter(([path, limit]) => !files.includes(path) || linesOf(path) < limit)
    expect(shorter).toEqual([])
  })

  it('and folders are named for their subject', () => {
    const sayNothing = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'core', 'shared', 'lib', 'misc'])
    const nameless = code.filter((path) =>
      path.split('/').some((part) => sayNothing.has(basename(part).split('.')[0]!)),
    )
    expect(nameless).toEqual([])
  })
})

describe('code', () => {
  // Put together, so that this file does not find itself.
  const marks = [
    ['TO', 'DO'],
    ['FIX', 'ME'],
    ['@ts-', 'ignore'],
    ['@ts-', 'nocheck'],
  ].map((parts) => parts.join(''))
  const unfinished = new RegExp(`\\b(${marks.slice(0, 2).join('|')})\\b|${marks.slice(2).join('|')}`)
  const leftOut = /\b(it|test|describe)\.(only|skip|todo)\b|\bx(it|describe)\(/

  it('is finished', () => {
    expect(code.filter((path) => unfinished.test(read(path)))).toEqual([])
  })

  it('has all its tests run', () => {
    const here = 'tests/architecture/files.test.ts'
    const tests = code.filter((path) => /\.test\.tsx?$/.test(path) && path !== here)
    expect(tests.filter((path) => leftOut.test(read(path)))).toEqual([])
  })
})

describe('the environment', () => {
  it('is explained in .env.example, variable for variable', () => {
    const config = read('apps/server/src/config.ts')
    const readByServer = [...config.matchAll(/\b(?:value|number|choice)\('([A-Z_]+)'/g)].map(([, name]) => name!)
    const explained = [...read('.env.example').matchAll(/^#[^\n]+\n([A-Z_]+)=/gm)].map(([, name]) => name!)
    expect(explained.sort()).toEqual([...new Set(readByServer)].sort())
  })
})

describe('migrations', () => {
  const migrations = files.filter((path) => /^migrations\/.*\.sql$/.test(path))
  const manifest: Record<string, string> = JSON.parse(read('migrations/manifest.json'))

  it('stand in the manifest with their hash: released ones never change', () => {
    const hashes = migrations.map((path) => [basename(path), createHash('sha256').update(read(path)).digest('hex')])
    expect(manifest).toEqual(Object.fromEntries(hashes))
  })

  it('are numbered without a gap', () => {
    const numbers = migrations.map((path) => Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(basename(path))?.[1]))
    expect(numbers).toEqual(migrations.map((_, index) => index + 1))
  })
})

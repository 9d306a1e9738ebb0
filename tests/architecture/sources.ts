/** The project's own source files and what they import, read from their syntax trees: types count as well. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { parseAst } from 'vite'

export const root = resolve(import.meta.dirname, '../..')

export interface Import {
  /** As written. */
  specifier: string
  /** Path of the imported file under the project root; undefined for packages of others. */
  file: string | undefined
  /** Names that are imported; `*` for all of them. */
  names: string[]
}

export interface Source {
  /** Path under the project root. */
  path: string
  imports: Import[]
}

/** Files that git knows of or would take in, by their path under the project root. */
export function projectFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const paths = new Set(listed.split('\0').filter(Boolean))
  return [...paths].filter((path) => existsSync(join(root, path))).sort()
}

export const isTest = (path: string): boolean =>
  path.startsWith('tests/') || /\.(test|fixture|d)\.[cm]?tsx?$/.test(path) || path.startsWith('benchmarks/')

export const readSources = (): Source[] =>
  projectFiles()
    .filter((path) => /\.(ts|tsx|mjs|mts|js)$/.test(path) && !path.endsWith('.d.mts'))
    .map((path) => ({ path, imports: importsOf(path) }))

function importsOf(path: string): Import[] {
  const tree = parseAst(readFileSync(join(root, path), 'utf8'), { lang: path.endsWith('x') ? 'tsx' : 'ts' })
  const found: Import[] = []
  visit(tree, (specifier, names) => found.push({ specifier, file: resolveFile(path, specifier), names }))
  return found
}

interface SyntaxNode {
  type: string
  [key: string]: unknown
}

const importing = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
])

function visit(value: unknown, found: (specifier: string, names: string[]) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, found)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const node = value as SyntaxNode
  if (importing.has(node.type)) {
    const source = (node.source ?? node.argument) as { value?: unknown } | null
    if (typeof source?.value === 'string') found(source.value, namesOf(node))
  }
  for (const child of Object.values(node)) visit(child, found)
}

function namesOf(node: SyntaxNode): string[] {
  if (!Array.isArray(node.specifiers)) return ['*']
  return node.specifiers.map((specifier) => {
    const { imported, local, type } = specifier as { type: string; imported?: SyntaxNode; local?: SyntaxNode }
    if (type === 'ImportNamespaceSpecifier') return '*'
    return String((imported ?? local)?.name ?? 'default')
  })
}

/** Where the specifier leads, links followed, as Node finds it. */
function resolveFile(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return ownFile(resolve(dirname(join(root, from)), specifier.replace(/\?.*$/, '')))
  if (!specifier.startsWith('@oneforge/')) return undefined
  return ownFile(createRequire(join(root, from)).resolve(specifier))
}

/** Bundlers find files without their ending; Node does not. */
function ownFile(path: string): string | undefined {
  const file = ['', '.ts', '.tsx', '/index.ts'].map((ending) => path + ending).find((one) => isFile(one))
  return file && relative(root, realpathSync(file))
}

function isFile(path: string): boolean {
  try {
    readFileSync(path)
    return true
  } catch {
    return false
  }
}

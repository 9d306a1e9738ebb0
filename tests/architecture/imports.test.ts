import { describe, expect, it } from 'vitest'
import { type Import, isTest, readSources, type Source } from './sources.ts'

const sources = readSources()
const program = sources.filter((source) => !isTest(source.path))

/** Lowest first: a folder imports only those before it. */
const kernelFolders = [
  'errors',
  'database',
  'tenancy',
  'events',
  'jobs',
  'audit',
  'metadata',
  'expressions',
  'access',
  'records',
  'operations',
]

/** Each file that breaks a rule, as “file → what it imports”. */
function offences(among: Source[], isForbidden: (source: Source, imported: Import) => boolean): string[] {
  return among.flatMap((source) =>
    source.imports
      .filter((imported) => isForbidden(source, imported))
      .map((imported) => `${source.path} → ${imported.file ?? imported.specifier}`),
  )
}

const layerOf = (path: string): string => {
  const [top, second] = path.split('/')
  return top === 'packages' || top === 'apps' ? `${top}/${second}` : top!
}
/** packages/modules/imports/formats/csv.ts → imports */
const folderOf = (path: string): string => path.split('/')[2]!

describe('layers', () => {
  /** What the program in each layer may import of the project, beside itself. */
  const allowed: Record<string, string[]> = {
    'packages/kernel': [],
    'packages/templates': ['packages/kernel'],
    'packages/modules': ['packages/kernel', 'packages/templates'],
    'packages/adapters': ['packages/kernel', 'packages/modules'],
    'packages/client': [],
    'apps/web': ['packages/client'],
    'apps/server': ['packages/kernel', 'packages/modules', 'packages/templates', 'packages/adapters'],
    'apps/cli': ['apps/server', 'packages/kernel', 'packages/modules', 'packages/templates', 'packages/adapters'],
  }

  it('only reach downwards', () => {
    expect(
      offences(program, (source, { file }) => {
        const layer = layerOf(source.path)
        const reached = file && layerOf(file)
        return reached !== undefined && reached !== layer && !(allowed[layer]?.includes(reached) ?? true)
      }),
    ).toEqual([])
  })

  it('of the kernel stand on one another in their order', () => {
    expect(
      offences(program, (source, { file }) => {
        if (layerOf(source.path) !== 'packages/kernel' || !file || layerOf(file) !== 'packages/kernel') return false
        return kernelFolders.indexOf(folderOf(file)) > kernelFolders.indexOf(folderOf(source.path))
      }),
    ).toEqual([])
    const folders = program.filter(({ path }) => layerOf(path) === 'packages/kernel').map(({ path }) => folderOf(path))
    expect(kernelFolders).toEqual(expect.arrayContaining([...new Set(folders)]))
  })

  it('of the web page, tests included, know the server through the client only', () => {
    const page = sources.filter(({ path }) => layerOf(path) === 'apps/web')
    expect(
      offences(page, (_, { file }) => file !== undefined && !['apps/web', 'packages/client'].includes(layerOf(file))),
    ).toEqual([])
  })
})

describe('modules and kernel folders', () => {
  it('are entered through their index.ts', () => {
    expect(
      offences(program, (source, { file }) => {
        if (!file || !['packages/modules', 'packages/kernel', 'packages/adapters'].includes(layerOf(file))) return false
        const isOwn = layerOf(source.path) === layerOf(file) && folderOf(source.path) === folderOf(file)
        return !isOwn && !/^packages\/\w+\/([\w-]+|metadata\/values)\/index\.ts$/.test(file)
      }),
    ).toEqual([])
  })

  it('do not enter themselves through it', () => {
    expect(
      offences(program, (source, { file }) => file === `${source.path.split('/').slice(0, 3).join('/')}/index.ts`),
    ).toEqual([])
  })
})

describe('adapters', () => {
  /** Where ports get their adapters, and what starts and stops the private PostgreSQL. */
  const wiring = ['apps/server/src/compose.ts', 'apps/server/src/server.ts', 'apps/server/src/main.ts']

  it('are imported where they are wired only', () => {
    expect(
      offences(program, (source, { file }) => {
        if (!file || layerOf(file) !== 'packages/adapters' || layerOf(source.path) === 'packages/adapters') return false
        return !wiring.includes(source.path) && layerOf(source.path) !== 'apps/cli'
      }),
    ).toEqual([])
  })
})

describe('packages of others', () => {
  const users = (name: RegExp) =>
    program.filter((source) => source.imports.some(({ specifier }) => name.test(specifier))).map(({ path }) => path)

  it('for HTTP are for the server only', () => {
    expect(users(/^(hono|@hono\/)/).filter((path) => layerOf(path) !== 'apps/server')).toEqual([])
  })

  it('for SQL are for stores, the kernel and the PostgreSQL adapter only', () => {
    /** Files that hold a statement all the same. This list may only get shorter. */
    const exceptions = [
      // Whether the database answers: `select 1`.
      'apps/server/src/health.ts',
    ]
    const isAllowed = (path: string) =>
      layerOf(path) === 'packages/kernel' || path.startsWith('packages/adapters/postgres/') || /\.store\.ts$/.test(path)
    const holders = program.filter(({ imports }) =>
      imports.some(
        ({ specifier, file, names }) =>
          /^(kysely|pg|pg-cursor)$/.test(specifier) ||
          (file === 'packages/kernel/database/index.ts' && names.some((name) => name === 'sql' || name === '*')),
      ),
    )
    expect(holders.map(({ path }) => path).filter((path) => !isAllowed(path))).toEqual(exceptions)
  })
})

describe('imports', () => {
  it('lead to a file that is there', () => {
    expect(
      offences(sources, (_, { specifier, file }) => /^(\.|@oneforge\/)/.test(specifier) && file === undefined),
    ).toEqual([])
  })

  it('go in no circle, types included', () => {
    expect(inCircles(sources)).toEqual([])
  })
})

/** Files from which one comes back to them by following imports. */
function inCircles(among: Source[]): string[] {
  const next = new Map(among.map(({ path, imports }) => [path, imports.flatMap(({ file }) => file ?? [])]))
  return [...next.keys()].filter((path) => {
    const reached = new Set(next.get(path))
    for (const file of reached) for (const further of next.get(file) ?? []) reached.add(further)
    return reached.has(path)
  })
}

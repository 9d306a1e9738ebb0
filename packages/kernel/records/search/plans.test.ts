/**
 * What a search costs does not grow with the records: no step of it reads a table from one end to the other. And what it
 * finds is what reading all of them would find, in the order that its ranks promise.
 */
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../../tests/postgres.ts'
import { compile, newId, type Query, type RawBuilder, type Row, sql, type Transaction } from '../../database/index.ts'
import type { CompiledObject } from '../../metadata/index.ts'
import { foldText } from '../../metadata/values/index.ts'
import { candidatesOf } from './candidates.ts'
import { best, type RankedRow, ranks } from './ranking.ts'
import type { Search } from './searched.ts'
import { termsOf } from './terms.ts'

const records = 20_000
const [tenantId, people, pets, trees] = [newId(), newId(), newId(), newId()]
let test: TestDatabase
let owner: Client
/** Where the tenant's records are: the other partitions are empty. */
let partition: string
let wordsIndex: string

/** Few enough that all are read, and alike enough that each rank is there. */
const parts = ['gar', 'garth', 'hagar', 'garden', 'ana', 'mariana', 'anna', 'oak']
const petNames = Array.from({ length: 30 }, (_, n) =>
  [parts[n % 8], parts[(n * 3 + 1) % 8], n % 3 ? parts[(n * 5 + 2) % 8] : ''].join(' ').trim(),
)

/**
 * More than are read of the latest: these hold the words inside of others only, the older ones as words and their beginnings,
 * among many that are not searched for. Each is drawn by a generator that begins anew.
 */
const stems = ['ash', 'elm', 'oak', 'fir', 'yew', 'box', 'bay', 'fig', 'plum', 'pine', 'lime', 'pear']
const inner = stems.flatMap((stem) => [`ma${stem}er`, `w${stem}ing`])
const older = [...stems.flatMap((stem) => [stem, `${stem}en`]), ...Array.from({ length: 40 }, (_, n) => `tree${n}`)]
let seed = 7
const drawn = (words: string[]): string => {
  seed = (seed * 48_271) % 2_147_483_647
  return words[seed % words.length]!
}
const treeNames = Array.from({ length: 4_000 }, (_, n) => [inner, older][n < 760 ? 0 : 1]!).map(
  (words) => `tree ${drawn(words)} ${drawn(words)}`,
)

beforeAll(async () => {
  test = await cloneDatabase()
  owner = new Client({ connectionString: test.ownerUrl })
  await owner.connect()
  await owner.query(`insert into tenants (id, name, slug, plan) values ($1, 'Big', 'big', 'team')`, [tenantId])
  await owner.query('begin')
  await owner.query('select bind_tenant($1, null)', [tenantId])
  await owner.query(
    `insert into objects (tenant_id, id, slug, definition) values ($1, $2, 'people', '{}'), ($1, $3, 'pets', '{}'), ($1, $4, 'trees', '{}')`,
    [tenantId, people, pets, trees],
  )
  // One word of each record its own, one of every forty-eighth, and one that only five records hold.
  await owner.query(
    `insert into records (tenant_id, object_id, id, record_number, title, title_key, email, search, updated_at)
     select $1, $2, gen_random_uuid(), 'PER-' || lpad(n::text, 6, '0'), name, name, 'p' || n || '@example.com',
       'per-' || lpad(n::text, 6, '0') || ' ' || name || ' p' || n || '@example.com', now() - n * interval '1 minute'
     from generate_series(1, $3::int) n,
       lateral (select 'person ' || md5(n::text) || ' ' || left(md5((n % 416)::text), 6) || case when n % 4000 = 0 then ' okafor' else '' end as name) as t`,
    [tenantId, people, records],
  )
  await owner.query(
    `insert into records (tenant_id, object_id, id, record_number, title, title_key, search, updated_at)
     select $1, $2, gen_random_uuid(), 'PET-' || n, name, name, 'pet-' || n || ' ' || name || ' kept by ' || keeper, now() - n * interval '1 hour'
     from unnest($3::text[], $4::text[]) with ordinality as t (name, keeper, n)`,
    [tenantId, pets, petNames, [...petNames].reverse()],
  )
  await owner.query(
    `insert into records (tenant_id, object_id, id, record_number, title, title_key, search, updated_at)
     select $1, $2, gen_random_uuid(), 'TRE-' || n, name, name, 'tre-' || n || ' ' || name, now() - n * interval '1 minute'
     from unnest($3::text[]) with ordinality as t (name, n)`,
    [tenantId, trees, treeNames],
  )
  await owner.query(
    `insert into record_counters (tenant_id, object_id, live) values ($1, $2, $3), ($1, $4, 30), ($1, $5, $6)
    on conflict (tenant_id, object_id) do update set live = excluded.live`,
    [tenantId, people, records, pets, trees, treeNames.length],
  )
  const { rows } = await owner.query('select tableoid::regclass::text as name from records limit 1')
  partition = rows[0].name
  const { rows: indexes } = await owner.query(
    `select relid::regclass::text as name from pg_partition_tree('records_words_and_data') where isleaf
       and starts_with(relid::regclass::text, $1)`,
    [partition],
  )
  wordsIndex = indexes[0].name
  await owner.query('commit')
  await owner.query('vacuum analyze records, title_words')
}, 120_000)

afterAll(async () => {
  await owner.end()
  await test.drop()
})

const searchFor = (text: string, objectId: string, wanted: RawBuilder<unknown>[]): Search => ({
  tenantId,
  userId: newId(),
  objects: [
    {
      object: { id: objectId } as CompiledObject,
      limits: [],
      wanted,
      sees: { title: true, email: true, phone: true, text: true },
    },
  ],
  terms: termsOf(text),
  phrase: foldText(text),
  exact: {
    numbers: [text.toUpperCase()],
    emails: text.includes('@') ? [text] : [],
    emailBegun: text.includes('@') ? text : null,
    phone: null,
  },
})

/** Runs one statement as the application's connections do, and notes the plan that it keeps for all values. */
async function run(query: Query, plans: string[]): Promise<Row[]> {
  const { text, values, planned, walking } = compile(query)
  await owner.query(`set local plan_cache_mode = force_${planned ? 'custom' : 'generic'}_plan`)
  if (walking) await owner.query('set local enable_sort = off')
  const explained = planned
    ? await owner.query(`explain ${text}`, [...values])
    : await owner.query(`explain (generic_plan) ${text}`)
  plans.push(explained.rows.map((row) => row['QUERY PLAN']).join('\n'))
  return (await owner.query(text, [...values])).rows
}

/** Searches as the application does, with settings that end with each flush. */
async function searched(text: string, objectId = people, wanted: RawBuilder<unknown>[] = []) {
  const plans: string[] = []
  const batch = async (queries: Query[]) => {
    await owner.query('savepoint flush')
    const answers: Row[][] = []
    for (const query of queries) answers.push(await run(query, plans))
    await owner.query('rollback to flush')
    return answers
  }
  const tx = { batch, query: async (query: Query) => (await batch([query]))[0] } as unknown as Transaction
  await owner.query('begin')
  try {
    await owner.query('set local role oneforge_app')
    await owner.query('select bind_tenant($1, null)', [tenantId])
    const search = searchFor(text, objectId, wanted)
    const { ids } = await candidatesOf(tx, search)
    const [rows] = await batch([best(search, ids, 20)])
    return { plans, ids, rows: rows as unknown as RankedRow[] }
  } finally {
    await owner.query('rollback')
  }
}

async function idsWhere(condition: string, values: unknown[]): Promise<string[]> {
  const { rows } = await owner.query(`select id from records where object_id = '${people}' and ${condition}`, values)
  return rows.map(({ id }) => id)
}

const groupWord = async (n: number): Promise<string> =>
  (await owner.query('select left(md5($1::text), 6) as word', [n])).rows[0].word

describe('the plan of a search', () => {
  it.each([
    ['a word of all records', 'person', 10],
    ['two letters', 'pe', 10],
    ['a rare word', 'okafor', 5],
    ['the middle of a rare word', 'kafo', 5],
    ['words across the title', 'okafor person', 5],
    ['a number', 'per-000777', 1],
    ['a number without its zeros', '19777', 1],
    ['an e-mail address', 'p777@example.com', 1],
    ['the beginning of one', 'p777@exam', 1],
    ['nothing that is there', 'qzxwvk', 0],
  ])('of %s reads no table as a whole', async (_, text, least) => {
    const { plans, ids } = await searched(text)
    expect(ids.length).toBeGreaterThanOrEqual(least)
    const whole = new RegExp(`Seq Scan on (${partition}|title_words)\\b`)
    for (const plan of plans) expect(plan).not.toMatch(whole)
  })

  it('asks for words nothing but the index of words', async () => {
    const { plans } = await searched('okafor')
    const [asking] = plans.filter((plan) => plan.includes(wordsIndex))
    expect(asking).toBeDefined()
    expect(asking).not.toMatch(/BitmapAnd|_object_id_search_idx|_pkey/)
  })

  it('asks one index for a word and a condition, and looks no further where nobody fulfils it', async () => {
    const { plans, ids } = await searched('person', people, [sql`r.data @> ${'{"kind":"other"}'}::jsonb`])
    expect(ids).toEqual([])
    const asking = plans.filter((plan) => plan.includes(wordsIndex))
    expect(asking).toHaveLength(1)
    expect(asking[0]).toMatch(/Index Cond: .*@>.*@@/)
    for (const plan of plans) expect(plan).not.toMatch(/BitmapAnd|_object_id_search_idx/)
  })

  it('finds an e-mail address that is being typed without the index of three letters', async () => {
    const { plans, ids } = await searched('p777@exam')
    expect(ids).toHaveLength(1)
    for (const plan of plans) expect(plan).not.toContain(`${partition}_object_id_search_idx`)
  })

  it('looks a mistyped word up in the index of words', async () => {
    await owner.query('begin')
    await owner.query('set local role oneforge_app')
    await owner.query('select bind_tenant($1, null)', [tenantId])
    const { rows } = await owner.query(`select word from similar_words('okafro')`)
    await owner.query('rollback')
    expect(rows).toEqual([{ word: 'okafor' }])
  })
})

describe('what is found', () => {
  it('of many records is what reading all of them finds by words that begin so', async () => {
    for (const n of [3, 240]) {
      const word = await groupWord(n)
      for (const text of [word, word.slice(0, 5), `${word} person`, `pers ${word}`]) {
        const terms = text.split(' ')
        const { ids } = await searched(text)
        const begun = await idsWhere(`' ' || search like all ($1)`, [terms.map((term) => `% ${term}%`)])
        const anywhere = await idsWhere('search like all ($1)', [terms.map((term) => `%${term}%`)])
        expect(new Set(ids)).toEqual(new Set([...begun, ...ids]))
        expect(new Set(anywhere)).toEqual(new Set([...anywhere, ...ids]))
      }
    }
  })

  it('of few records is what reading all of them finds, in the same order', async () => {
    for (const text of [
      'gar',
      'gar ana',
      'ana',
      'ann',
      'garth',
      'garth hagar',
      'arden',
      'oak gard',
      'kept',
      'pet-7',
      'zzz',
    ]) {
      const { rows } = await searched(text, pets)
      expect({ text, found: rows.map(({ title, rank }) => [title, ranks[rank]]) }).toEqual({
        text,
        found: reference(text, petsInTurn),
      })
    }
  })

  it('of more records than are read begins with all that reading them finds by words that begin so, in the same order', async () => {
    const pairs = stems.map((stem, n) => `${stems[(n + 7) % 12]} ${stem}`)
    for (const text of [...pairs, ...pairs.map((pair) => pair.split(' ').reverse().join(' '))]) {
      const { rows } = await searched(text, trees)
      const best = reference(text, treesInTurn).filter(([, rank]) => rank !== 'within')
      expect({ text, found: rows.map(({ title, rank }) => [title, ranks[rank]]).slice(0, best.length) }).toEqual({
        text,
        found: best,
      })
    }
  })
})

interface Told {
  title: string
  number: string
  all: string
}

const petsInTurn = petNames.map((title, n): Told => {
  const number = `pet-${n + 1}`
  return { title, number, all: `${number} ${title} kept by ${petNames.at(-1 - n)!}` }
})
const treesInTurn = treeNames.map((title, n): Told => ({ title, number: `tre-${n + 1}`, all: `tre-${n + 1} ${title}` }))

/** The ranks as they are told, on each record in turn; the latest changed come first, and equal ones do not occur. */
function reference(text: string, records: Told[]): [string, string][] {
  const terms = text.split(' ')
  const begun = (where: string) => terms.every((term) => ` ${where}`.includes(` ${term}`))
  const inside = (title: string) => terms.every((term) => title.includes(term))
  const rankOf = ({ title, all, number }: Told): number => {
    if (title === text || number === text) return 0
    if (title.startsWith(text)) return 1
    if (begun(title)) return 2
    return begun(all) ? 3 : inside(title) ? 4 : 5
  }
  return records
    .filter(({ all }) => terms.every((term) => all.includes(term)))
    .map((record): [string, number] => [record.title, rankOf(record)])
    .sort((one, other) => one[1] - other[1])
    .map(([title, rank]): [string, string] => [title, ranks[rank]!])
    .slice(0, 20)
}

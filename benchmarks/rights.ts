/**
 * What rights cost: the same requests by somebody with a plain role, and by somebody with 40 field rules and the scope of
 * a team of ten, who sees half of the records. Run it with `node benchmarks/rights.ts`; both take turns in one run.
 *
 * The number of all records is kept, so a plain role has its total without counting. “Of the same records” compares what
 * is counted on both sides: the plain role asks for the team's records with a filter. “Roles that differ” is somebody who
 * sees all records, and 40 fields on the team's records only.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { attachPrivatePostgres } from '@oneforge/adapters/postgres'
import pg from 'pg'
import { type Call, measure } from './load.ts'

const port = 14_803
const people = 20
const records = 20_000
const limitedFields = 40
const rounds = 5
const seconds = 3
const password = 'a benchmark needs no secret'
const dataDir = mkdtempSync(join(tmpdir(), 'oneforge-rights-'))
const address = `http://127.0.0.1:${port}`

interface Session {
  accessToken: string
  user: { id: string }
  tenant: { id: string }
}

async function ask<T>(method: string, path: string, body: unknown, token?: string): Promise<T> {
  const response = await fetch(`${address}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
  return answer.data
}

const register = (name: string) =>
  ask<Session>('POST', '/auth/register', { email: `${name}@example.com`, password, name, workspace: name })

async function prepare(database: pg.Client) {
  const owner = await register('owner')
  const tenantId = owner.tenant.id
  const token = owner.accessToken
  await ask('POST', '/workspace/template', { template: 'blank' }, token)
  const keys = Array.from({ length: 60 }, (_, index) => `field_${index}`)
  const fields = keys.map((key) => ({ key, label: key, type: 'text' }))
  const object = await ask<{ id: string }>(
    'POST',
    '/objects',
    { slug: 'things', label: 'Thing', labelPlural: 'Things', fields },
    token,
  )
  const rules = Object.fromEntries(keys.slice(20, 20 + limitedFields).map((key) => [key, 'read']))
  await ask('POST', '/access/roles', { key: 'plain', label: 'Plain', objects: { things: { read: 'all' } } }, token)
  const ruled = { things: { read: 'team', fields: rules } }
  const masked = Object.fromEntries(Object.keys(rules).map((key) => [key, 'hidden']))
  const masking = { things: { read: 'all', fields: masked } }
  await ask('POST', '/access/roles', { key: 'masking', label: 'Masking', objects: masking }, token)
  await ask('POST', '/access/roles', { key: 'ruled', label: 'Ruled', objects: ruled }, token)
  const members: Session[] = []
  for (let index = 0; index < people; index++) {
    const member = await register(`member${index}`)
    await database.query('insert into memberships (tenant_id, user_id) values ($1, $2)', [tenantId, member.user.id])
    const roles = [{ key: index === 0 ? 'plain' : 'ruled' }, ...(index === 2 ? [{ key: 'masking' }] : [])]
    await ask('PUT', `/access/members/${member.user.id}/roles`, { roles }, token)
    members.push(member)
  }
  const team = await ask<{ id: string }>('POST', '/access/teams', { name: 'Ten' }, token)
  const ten = members.slice(1, 11).map((member) => member.user.id)
  await ask('PUT', `/access/teams/${team.id}/members`, { userIds: ten }, token)
  await database.query(
    `insert into records (tenant_id, object_id, id, record_number, title, title_key, owner_id, data, created_at)
     select $1, $2, gen_random_uuid(), 'T-' || n, 'Thing ' || n, 'thing ' || n, ($3::uuid[])[1 + n % $4],
       (select jsonb_object_agg(key, 'Value ' || n) from unnest($5::text[]) as key), now() - n * interval '1 second'
     from generate_series(1, $6::int) n`,
    [tenantId, object.id, members.map((member) => member.user.id), people, keys, records],
  )
  await database.query('update record_counters set live = $2, last_number = $2 where object_id = $1', [
    object.id,
    records,
  ])
  await database.query('vacuum analyze records')
  const { rows } = await database.query<{ id: string }>(
    'select id from records where object_id = $1 and owner_id = any($2) order by random() limit 1000',
    [object.id, ten],
  )
  const signIn = ({ user }: Session, name: string) =>
    ask<Session>('POST', '/auth/login', { email: `${name}@example.com`, password, tenant: tenantId }).then(
      ({ accessToken }) => ({ userId: user.id, headers: { authorization: `Bearer ${accessToken}` } }),
    )
  return {
    ids: rows.map((row) => row.id),
    ten,
    plain: await signIn(members[0]!, 'member0'),
    ruled: await signIn(members[1]!, 'member1'),
    differing: await signIn(members[2]!, 'member2'),
  }
}

const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!

async function main(): Promise<void> {
  const env = { ...process.env, PORT: String(port), OF_DATA_DIR: dataDir, OF_DEFAULT_PLAN: 'unlimited' }
  const main = resolve(import.meta.dirname, '../apps/server/src/main.ts')
  const server = spawn(process.execPath, [main], { env: { ...env, OF_LOG_LEVEL: 'error' }, stdio: 'pipe' })
  await new Promise<void>((ready, failed) => {
    server.stdout.on('data', (chunk) => String(chunk).includes('is ready at') && ready())
    server.on('exit', (code) => failed(new Error(`The server ended with ${code}`)))
  })
  const database = new pg.Client({ connectionString: await (await attachPrivatePostgres({ dataDir }))!.url() })
  await database.connect()
  const { ids, ten, plain, ruled, differing } = await prepare(database)
  await database.end()
  let asked = 0
  const path = (text: string) => (): Call => ({ method: 'GET', path: `/api/v1/things${text}` })
  const get = (): Call => ({ method: 'GET', path: `/api/v1/things/${ids[asked++ % ids.length]}` })
  const sameRecords = JSON.stringify({ field: 'ownerId', op: 'in', value: ten })
  const scenarios: { name: string; who: typeof ruled; next: () => Call; plainly?: () => Call }[] = [
    { name: 'get', who: ruled, next: get },
    { name: 'list 50', who: ruled, next: path('?limit=50&cursor=') },
    { name: 'list 50 with the total', who: ruled, next: path('?limit=50') },
    {
      name: 'the total, of the same records',
      who: ruled,
      next: path('?limit=50'),
      plainly: path(`?limit=50&filter=${encodeURIComponent(sameRecords)}`),
    },
    { name: 'get, roles that differ', who: differing, next: get },
    { name: 'list 50, roles that differ', who: differing, next: path('?limit=50&cursor=') },
  ]
  for (const { name, who, next, plainly = next } of scenarios) {
    const ratios: number[] = []
    const figures: number[][] = []
    for (let round = 0; round < rounds; round++) {
      const options = { connections: 8, seconds }
      const without = await measure({ port, headers: plain.headers }, plainly, options)
      const under = await measure({ port, headers: who.headers }, next, options)
      ratios.push(under.perSecond / without.perSecond)
      figures.push([without.perSecond, under.perSecond])
    }
    const shown = figures.map(([without, under]) => `${Math.round(under!)}/${Math.round(without!)}`).join(' ')
    console.log(`${name.padEnd(32)} ${median(ratios).toFixed(2)}   (${shown} a second)`)
  }
  server.kill('SIGTERM')
  await new Promise((ended) => server.on('exit', ended))
  rmSync(dataDir, { recursive: true, force: true })
}

await main()

/** Values of patients stay out of what a server writes to its log, at the most talkative level, and out of the log of operations. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Client } from 'pg'
import { expect, it } from 'vitest'
import { ApiClient, endedJob, type SignedIn } from '../client.ts'
import { cloneDatabase, TEST_MASTER_KEY } from '../postgres.ts'
import { freePort, PASSWORD } from '../server.ts'

const main = resolve(import.meta.dirname, '../../apps/server/src/main.ts')
const canary = /canary-\d+/

/** One for each field that takes text. */
const patientOf = (number: number) => ({
  full_name: `Name canary-${number}`,
  date_of_birth: '1961-02-03',
  phone: `+3460${String(1_000_000 + number)}`,
  email: `canary-${number}@example.com`,
  national_id: `canary-${number}`,
  allergies: [`canary-${number}`],
  notes: `Notes canary-${number}`,
})

it('500 patients leave no value in any log', { timeout: 120_000 }, async () => {
  const database = await cloneDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'oneforge-canaries-'))
  const port = await freePort()
  const env = {
    ...process.env,
    PORT: String(port),
    DATABASE_URL: database.ownerUrl,
    OF_DATA_DIR: dataDir,
    OF_MASTER_KEY: TEST_MASTER_KEY,
    OF_LOG_LEVEL: 'debug',
    OF_DEFAULT_PLAN: 'unlimited',
  }
  const server = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk))
  const owner = new Client({ connectionString: database.ownerUrl })
  try {
    while (!said.includes('is ready at')) await setTimeout(50)
    await workWith(`http://localhost:${port}`)
    await owner.connect()
    const { rows } = await owner.query<{ row: string }>(`select o::text as row from operation_log o
      union all select j.data::text || coalesce(j.output::text, '') from pgboss.job j`)
    expect(rows.length).toBeGreaterThan(10)
    expect(rows.filter(({ row }) => canary.test(row))).toEqual([])
    expect(said.split('\n').filter((line) => canary.test(line))).toEqual([])
  } finally {
    await owner.end()
    server.kill('SIGTERM')
    await new Promise((ended) => server.on('exit', ended))
    rmSync(dataDir, { recursive: true, force: true })
    await database.drop()
  }
})

/** What goes well, what is refused, and what breaks. */
async function workWith(url: string): Promise<void> {
  const account = { email: 'ann@example.com', password: PASSWORD, name: 'Ann', workspace: 'Clinic' }
  const client = new ApiClient(url, await new ApiClient(url).post<SignedIn>('/auth/register', account))
  await client.post('/workspace/template', { template: 'hospital' })
  const records = Array.from({ length: 500 }, (_, number) => patientOf(number))
  const { results } = await client.post('/patients/bulk', { records })
  const { id } = results[0]
  await client.patch(`/patients/${id}`, { notes: 'canary-501' })
  await client.send('POST', '/patients', { ...records[0], national_id: 'canary-1' })
  await client.send('PATCH', `/patients/${id}`, { date_of_birth: 'canary-502' })
  await client.send('PATCH', `/patients/${id}`, { unknown: 'canary-503' })
  await client.send('POST', '/patients', undefined, { raw: '{"full_name": "canary-504"' })
  await client.send('POST', '/patients', {
    full_name: 'canary-505\u0000',
    date_of_birth: '1961-02-03',
    phone: '+34600000000',
  })
  await client.post('/patients/query', { filter: { field: 'national_id', op: 'eq', value: 'canary-1' } })
  await client.send('POST', '/patients/query', { filter: { field: 'national_id', op: 'nonsense', value: 'canary-1' } })
  await client.get(`/patients/${id}/history`)
  await client.send('GET', '/search?q=canary-1')
  await client.send('GET', '/patients/export')
  const { jobId } = await client.post('/patients/export', {})
  await endedJob(client, jobId)
  await client.send('DELETE', `/patients/${id}`)
}

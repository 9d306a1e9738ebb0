/**
 * The same requests by everybody: each role of workspaces of two industries, and nobody, calls every operation with all
 * that can be known of a workspace that is none of theirs. More than ten thousand requests, made from the registry.
 */
import { setTimeout } from 'node:timers/promises'
import type { AnyOperation } from '@oneforge/kernel/operations'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ApiClient } from '../client.ts'
import { addMember, PASSWORD, type RunningSystem, startSystem } from '../server.ts'
import { type Own, type ProbeRequest, probes, type Target } from './isolation.probes.ts'
import { idsOnlyIn, isForeign, pathsOf, plant, rowsOf, tenantTables, toldBy } from './isolation.world.ts'

interface Caller {
  name: string
  client: ApiClient
  own: Own
}

let system: RunningSystem
let target: Target
let callers: Caller[]
let tables: string[]

const rowsIn = (tenantId: string) => rowsOf(system, tables, tenantId)

beforeAll(async () => {
  system = await startSystem()
  tables = await tenantTables(system)
  const victim = await system.register({ name: 'qx7a-person', workspace: 'qx7a workspace', template: 'hospital' })
  target = await plant(system, victim)
  callers = [
    ...(await peopleOf('hospital', '/patients', {
      full_name: 'Own',
      date_of_birth: '1990-01-01',
      phone: '+14155550123',
    })),
    ...(await peopleOf('real-estate', '/contacts', { full_name: 'Own' })),
  ]
  callers.push({ name: 'nobody', client: system.anonymous(), own: callers[0]!.own })
})
afterAll(() => system.stop())

/** One member for each role of the template, and one who holds a role at a location. */
async function peopleOf(template: string, path: string, record: object): Promise<Caller[]> {
  const owner = await system.register({ template })
  const { id: patientId } = await owner.post(path, record)
  const roles: { key: string }[] = await owner.get('/access/roles')
  const people: Caller[] = []
  for (const { key } of roles) {
    const client = key === 'owner' ? owner : await addMember(system, owner.tenantId, [key])
    const own = { patientId, email: client.session!.user.email, password: PASSWORD }
    people.push({ name: `${key} of ${template}`, client, own })
  }
  const location = await owner.post('/locations', { name: 'Own location' })
  const local = await addMember(system, owner.tenantId, ['member'])
  const held = [{ key: 'admin', locationId: location.id }]
  await owner.put(`/access/members/${local.userId}/roles`, { roles: held })
  const own = { patientId, email: local.session!.user.email, password: PASSWORD }
  return [...people, { name: `admin at a location of ${template}`, client: local, own }]
}

/** So many at once may be told to come back, which tells them nothing. */
async function answerOf(client: ApiClient, method: string, address: string, { body, options }: ProbeRequest) {
  for (let tries = 1; ; tries++) {
    const answer = await client.send(method, address, body, options)
    if (answer.status !== 503 || tries === 5) return answer
    await setTimeout(100 * tries)
  }
}

/** What ends sessions or asks for fresh ones is probed with a session for each; see isolation.test.ts. */
const keepsSession = ({ name }: AnyOperation): boolean => !/^(auth|sessions)\./.test(name)

it('finds nothing, whoever asks', { timeout: 240_000 }, async () => {
  const before = await rowsIn(target.tenantId)
  const strangers = await Promise.all(
    [...new Set(callers.map(({ client }) => client.session?.tenant.id))].map((id) => rowsIn(id ?? target.userId)),
  )
  const secretIds = idsOnlyIn(before, strangers.flat())
  const operations = system.system.registry.operations.filter(keepsSession)
  const wrong: string[] = []
  let asked = 0

  async function ask({ name, client, own }: Caller, { http }: AnyOperation, path: string, request: ProbeRequest) {
    const address = path + (request.query ?? '')
    const sent = `${http.method} ${address} ${JSON.stringify(request)}`
    const { status, headers, text } = await answerOf(client, http.method, address, request)
    asked++
    // Some make records with a value that is unique there and views that name its owner, and find them again.
    const known = decodeURIComponent(sent) + target.nationalId + target.userId
    const told = toldBy(known, JSON.stringify([...headers]) + text, secretIds)
    const found = status < 400 && isForeign(path, own)
    if (status >= 500 || found || told.length > 0) wrong.push(`${name}: ${sent}: ${status} ${told.join()}`)
  }

  async function askAll(caller: Caller) {
    for (const operation of operations) {
      for (const path of pathsOf(operation, target, caller.own)) {
        for (const request of probes[operation.name]?.(target, caller.own) ?? [{}])
          await ask(caller, operation, path, request)
      }
    }
  }

  await Promise.all(callers.map(askAll))
  expect(wrong).toEqual([])
  expect(asked).toBeGreaterThanOrEqual(10_000)
  expect(await rowsIn(target.tenantId)).toEqual(before)
  // Nobody was thrown out on the way, which would have made their requests prove nothing.
  for (const { client, name } of callers) {
    expect((await client.send('GET', '/workspace')).status, name).toBe(name === 'nobody' ? 401 : 200)
  }
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD, type RunningSystem, startSystem } from '../../../tests/server.ts'

let system: RunningSystem

beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system.stop())

describe('taking a list out', () => {
  it('asks a person to show again who they are, and no program', async () => {
    const client = await system.register({ template: 'corporate' })
    const { key } = await client.post('/api-keys', { name: 'Nightly export' })
    const ways = [
      ['GET', '/contacts/export?format=csv', undefined],
      ['POST', '/contacts/export', { format: 'csv' }],
    ] as const
    await system.sql("update sessions set stepped_up_at = now() - interval '11 minutes' where user_id = $1", [
      client.userId,
    ])
    for (const [method, path, body] of ways) {
      const { status, error } = await client.send(method, path, body)
      expect([status, error.details[0]?.message], method).toEqual([403, 'STEP_UP_REQUIRED'])
      const headers = { authorization: `Bearer ${key}` }
      expect((await system.anonymous().send(method, path, body, { headers })).status, method).toBeLessThan(300)
    }
    await client.post('/auth/step-up', { password: PASSWORD })
    for (const [method, path, body] of ways) expect((await client.send(method, path, body)).status).toBeLessThan(300)
  })
})

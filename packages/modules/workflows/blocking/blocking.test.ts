import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient } from '../../../../tests/client.ts'
import { type RunningSystem, startSystem } from '../../../../tests/server.ts'

let system: RunningSystem
let client: ApiClient
let companyId: string

const define = (key: string, definition: object) =>
  client.post('/workflows', {
    definition: { key, label: { en: key }, object: 'deals', blocking: true, ...definition },
  })

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'blank' })
  companyId = (await client.post('/companies', { name: 'Harbour Ltd', industry: 'Logistics' })).id
  await define('opening', {
    trigger: { type: 'record_created' },
    steps: [
      {
        id: 'kind',
        type: 'if',
        condition: { field: 'account.industry', op: 'eq', value: 'Logistics' },
        // biome-ignore lint/suspicious/noThenProperty: the branch of a step is called so
        then: [
          {
            id: 'set',
            type: 'set_value',
            field: 'next_step',
            value: 'Call {{ record.account.name }} about {{ record.name }}',
          },
        ],
        else: [],
      },
      {
        id: 'source',
        type: 'switch',
        value: '{{ record.lead_source }}',
        cases: [
          {
            is: ['Referral', 'Partner'],
            steps: [{ id: 'thank', type: 'set_value', field: 'description', value: 'Thank them' }],
          },
        ],
        otherwise: [],
      },
    ],
  })
  await define('limit', {
    trigger: { type: 'record_updated', fields: ['amount'] },
    condition: { field: 'amount', op: 'gt', value: 1_000_000 },
    steps: [
      {
        id: 'no',
        type: 'refuse',
        field: 'amount',
        message: { en: '“{{ record.name }}” is too large: ask the board', de: '„{{ record.name }}“ ist zu groß' },
      },
    ],
  })
}, 60_000)

afterAll(() => system.stop())

describe('a workflow that runs before a record is written', () => {
  it('sets values of a new one, by what it says and what it leads to', async () => {
    expect(await client.post('/deals', { name: 'Crane', account: companyId, lead_source: 'Partner' })).toMatchObject({
      next_step: 'Call Harbour Ltd about Crane',
      description: 'Thank them',
    })
    expect(await client.post('/deals', { name: 'Kite' })).toMatchObject({ next_step: null, description: null })
  })

  it('does so for many records, each for itself', async () => {
    const made = await client.post('/deals/bulk', {
      records: [{ name: 'One', account: companyId }, { name: 'Two' }, { name: 'Three', lead_source: 'Referral' }],
    })
    const ids = made.results.map(({ id }: { id: string }) => id)
    const deals = await Promise.all(ids.map((id: string) => client.get(`/deals/${id}`)))
    expect(deals.map(({ next_step, description }) => [next_step, description])).toEqual([
      ['Call Harbour Ltd about One', null],
      [null, null],
      [null, 'Thank them'],
    ])
  })

  it('refuses a change with its field and its words, and leaves others alone', async () => {
    const { id } = await client.post('/deals', { name: 'Bridge', amount: { amount: '10', currency: 'USD' } })
    const large = { amount: { amount: '2000000', currency: 'USD' } }
    const refused = await client.send('PATCH', `/deals/${id}`, large)
    expect([refused.status, refused.error.details]).toEqual([
      400,
      [{ field: 'amount', message: '“Bridge” is too large: ask the board' }],
    ])
    const inGerman = await client.send('PATCH', `/deals/${id}`, large, { headers: { 'accept-language': 'de' } })
    expect(inGerman.error.details[0]!.message).toBe('„Bridge“ ist zu groß')
    expect((await client.send('PATCH', `/deals/${id}`, { name: 'Long bridge' })).status).toBe(200)
    const many = await client.call('PATCH', '/deals/bulk', { ids: [id], updates: large })
    expect(many.results[0].error.message).toContain('ask the board')
  })

  it('hears of one field, from one value to another', async () => {
    await define('reviving', {
      trigger: { type: 'field_changed', field: 'lead_source', from: 'Partner', to: 'Referral' },
      steps: [
        {
          id: 'size',
          type: 'switch',
          value: { formula: '1 + 1' },
          cases: [
            { is: ['2'], steps: [{ id: 'set', type: 'set_value', field: 'description', value: 'Told by a friend' }] },
          ],
          otherwise: [],
        },
      ],
    })
    const { id } = await client.post('/deals', { name: 'Lock', lead_source: 'Website' })
    const to = async (lead_source: string) => (await client.patch(`/deals/${id}`, { lead_source })).description
    expect([await to('Referral'), await to('Partner'), await to('Referral')]).toEqual([null, null, 'Told by a friend'])
  })

  it('is over as soon as it is off', async () => {
    const { id } = await client.post('/deals', { name: 'Tower' })
    const [limit] = (await client.get('/workflows?search=limit')) as { id: string }[]
    await client.call('PATCH', `/workflows/${limit!.id}`, { enabled: false })
    const changed = await client.send('PATCH', `/deals/${id}`, { amount: { amount: '3000000', currency: 'USD' } })
    expect(changed.status).toBe(200)
  })

  it('that cannot be worked out refuses by its name', async () => {
    await define('broken', {
      trigger: { type: 'record_updated', fields: ['next_step'] },
      steps: [{ id: 's', type: 'set_value', field: 'description', value: { formula: 'record.lead_source + 1' } }],
    })
    const { id } = await client.post('/deals', { name: 'Pier' })
    const refused = await client.send('PATCH', `/deals/${id}`, { next_step: 'Go' })
    expect(refused.status).toBe(400)
    expect(refused.error.details[0]!.message).toMatch(/refused by the workflow “broken”: The formula could not/)
  })
})

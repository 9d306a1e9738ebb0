/** A workspace gives other names to what a template brought: later versions find it all the same. */
import { loadTemplates, type Template } from '@oneforge/templates'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let admin: ApiClient

/** For jobs on a busy machine. */
const patience = { timeout: 15_000 }

const shipped = (slug: string): Template => structuredClone(loadTemplates().find((one) => one.slug === slug)!)

beforeAll(async () => {
  system = await startSystem()
  admin = await system.register({ workspace: 'The installation' })
})
afterAll(() => system.stop())

describe('what the workspace has renamed', () => {
  const formula = (key: string, expression: string) => ({
    key,
    label: { en: key },
    type: 'formula' as const,
    computed: { expression },
  })
  const number = (key: string) => ({ key, label: { en: key }, type: 'number' as const, sortable: true })

  function rentals(version: string): Template {
    const template = { ...shipped('blank'), slug: 'rentals', version, workflows: [], dashboards: [], samples: {} }
    const base = { icon: 'box', roles: { title: 'name' } }
    const name = { key: 'name', label: { en: 'Name' }, type: 'text' as const, required: true }
    template.objects = [
      {
        ...base,
        slug: 'flats',
        label: { en: 'Flat' },
        labelPlural: { en: 'Flats' },
        numberPrefix: 'FLT-',
        fields: [name, number('rent'), number('extras'), formula('total', 'rent + extras')],
        views: [{ key: 'all', label: { en: 'All' }, type: 'table', columns: ['name', 'rent'], sort: ['-rent'] }],
        rules: [{ key: 'fair', message: { en: 'Too much' }, check: 'rent < 10000.0' }],
      },
      {
        ...base,
        slug: 'keys',
        label: { en: 'Key' },
        labelPlural: { en: 'Keys' },
        numberPrefix: 'KEY-',
        fields: [
          name,
          {
            key: 'flat',
            label: { en: 'Flat' },
            type: 'relation',
            relation: { object: 'flats', inverse: { key: 'keys', label: { en: 'Keys' } } },
          },
          formula('deposit', 'flat.rent * 2.0'),
        ],
      },
    ] as Template['objects']
    template.roles = [{ key: 'owner', label: { en: 'Owner' }, admin: ['*'], objects: { '*': everything } }]
    return template
  }
  const everything = { create: 'all', read: 'all', update: 'all', delete: 'all', export: 'all', import: 'all' } as const

  let client: ApiClient
  const fieldsOf = async (slug: string) =>
    new Map<string, Json>((await client.get(`/objects/${slug}`)).fields.map((field: Json) => [field.key, field]))

  beforeAll(async () => {
    await admin.post('/installation/templates', { template: rentals('1.0.0') })
    client = await system.register({ template: 'rentals' })
    const flat = await client.post('/flats', { name: 'Attic', rent: 900, extras: 100 })
    await client.post('/keys', { name: 'Front door', flat: flat.id })
    // The formulas say no type of their result: it follows from what they are made of.
    expect(await client.get('/flats?total[gt]=999')).toMatchObject([{ total: 1000 }])
    expect(await client.get('/keys')).toMatchObject([{ deposit: 1800 }])
    await client.post('/objects/flats/rename', { name: 'homes' })
    await client.post('/objects/homes/fields/rent/rename', { name: 'monthly' })
  })

  it('is followed by an upgrade: nothing comes twice, nothing goes, formulas say the new names', async () => {
    const next = rentals('1.1.0')
    const [flats, keys] = next.objects
    flats!.labelPlural = { en: 'Dwellings' }
    flats!.fields.find(({ key }) => key === 'rent')!.help = { en: 'Without heating' }
    flats!.fields.find(({ key }) => key === 'total')!.computed = { expression: '(rent + extras) * 1.0 + 0.0 * rent' }
    flats!.fields.push(formula('yearly', 'rent * 12.0'))
    keys!.fields.push(formula('half', 'flat.rent / 2.0'))
    await admin.post('/installation/templates', { template: next })
    const plan = await client.get('/workspace/template/upgrade')
    expect(plan).toMatchObject({ conflicts: [], kept: [] })
    expect(plan.changes.map(({ action, object, key }: Json) => [action, object, key])).toEqual([
      ['changed', 'homes', 'homes'],
      ['changed', 'homes', 'monthly'],
      ['changed', 'homes', 'total'],
      ['added', 'homes', 'yearly'],
      ['added', 'keys', 'half'],
    ])
    await client.post('/workspace/template/upgrade', {})
    const slugs = (await client.get('/objects')).map(({ slug }: Json) => slug)
    expect(slugs).toEqual(['homes', 'keys', 'tasks', 'meetings', 'calls', 'emails'])
    const fields = await fieldsOf('homes')
    expect(fields.get('monthly').help).toBe('Without heating')
    expect(fields.get('total').computed.expression).toBe('(monthly + extras) * 1.0 + 0.0 * monthly')
    expect(fields.has('rent')).toBe(false)
    // Jobs work out the values of records that were there.
    await expect
      .poll(() => client.get('/homes?yearly[eq]=10800&total[eq]=1000'), patience)
      .toMatchObject([{ name: 'Attic' }])
    await expect.poll(() => client.get('/keys?half[eq]=450'), patience).toHaveLength(1)
    expect(await client.post('/workspace/template/upgrade', {})).toMatchObject({ changes: [], version: null })
  })

  it('stands beside what the template calls so itself later: that gets a free name, in formulas too', async () => {
    const next = rentals('1.2.0')
    const [flats, keys] = next.objects
    flats!.fields.push(number('monthly'), formula('both', 'rent + monthly'))
    keys!.fields.push(formula('rate', 'flat.monthly'))
    await admin.post('/installation/templates', { template: next })
    await client.post('/workspace/template/upgrade', {})
    const fields = await fieldsOf('homes')
    expect([...fields.keys()]).toEqual(expect.arrayContaining(['monthly', 'monthly_2', 'both']))
    expect(fields.get('both').computed.expression).toBe('monthly + monthly_2')
    expect((await fieldsOf('keys')).get('rate').computed.expression).toBe('flat.monthly_2')
    expect(fields.has('yearly')).toBe(false)
  })

  it('is left as it is by taking an upgrade back, and followed again', async () => {
    await client.post('/workspace/template/undo', {})
    expect([...(await fieldsOf('homes')).keys()]).toEqual(['name', 'monthly', 'extras', 'total', 'yearly'])
    await client.post('/objects/homes/fields/extras/rename', { name: 'heating' })
    await client.post('/workspace/template/upgrade', {})
    const fields = await fieldsOf('homes')
    expect(fields.get('total').computed.expression).toBe('monthly + heating')
    expect([...fields.keys()].toSorted()).toEqual(['both', 'heating', 'monthly', 'monthly_2', 'name', 'total'])
  })

  it('and what is renamed to tell it apart when it comes: formulas follow', async () => {
    const other = await system.register({ template: 'real-estate' })
    const [own] = shipped('real-estate').objects
    const pack = rentals('1.0.0')
    pack.slug = 'more-rentals'
    pack.objects[0]!.slug = own!.slug
    pack.objects[0]!.fields = [
      { key: 'pack_name', label: { en: 'Name' }, type: 'text' },
      { ...number(own!.fields[0]!.key), type: 'integer' },
      formula('twice', `${own!.fields[0]!.key} * 2`),
    ] as Template['objects'][number]['fields']
    pack.objects[0]!.roles = { title: 'pack_name' }
    pack.objects[0]!.numberPrefix = own!.numberPrefix
    pack.objects[0]!.views = []
    pack.objects[0]!.rules = []
    pack.objects.pop()
    const id = `objects.${own!.slug}.fields.${own!.fields[0]!.key}`
    const resolutions = { [id]: { use: 'rename', to: 'pack_amount' } }
    const done = await other.post('/workspace/template/add', { template: pack, resolutions })
    expect(done.version).toBeGreaterThan(0)
    const { fields } = await other.get(`/objects/${own!.slug}`)
    expect(fields.find(({ key }: Json) => key === 'twice').computed.expression).toBe('pack_amount * 2')
  })
})

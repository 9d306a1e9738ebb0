/** What a stranger tries on versions of another workspace’s shape, and on what reshapes it; see isolation.probes.ts. */

type Probe = (target: { objectSlug: string }) => { query?: string; body?: unknown }[]

const plain: Probe = () => [{}]
const bodies =
  (...list: object[]): Probe =>
  () =>
    list.map((body) => ({ body }))

export const reshapingProbes: Record<string, Probe> = {
  'fields.convert': bodies({ type: 'longtext', dryRun: true }, { type: 'longtext' }),
  'fields.rename': bodies({ name: 'taken_over' }),
  'objects.rename': bodies({ name: 'taken_over' }),
  'options.retire': bodies({ replacement: 'taken_over' }, { replacement: null }, {}),
  'navigation.get': plain,
  'navigation.set': ({ objectSlug }) => [
    { body: { groups: [{ key: 'ours', label: 'Ours', objects: [objectSlug] }], hidden: [] } },
    { body: { groups: null } },
  ],
  'layouts.get': plain,
  'layouts.set': bodies({ sections: [{ key: 'ours', label: 'Ours', fields: [] }] }, { sections: null }),
  'translations.list': ({ objectSlug }) => [{ query: '?locale=es' }, { query: `?locale=es&object=${objectSlug}` }],
  'translations.set': ({ objectSlug }) => [
    { body: { locale: 'es', texts: { [`object/${objectSlug}/label`]: 'Taken over' } } },
  ],
  'translations.export': () => [{ query: '?locale=es&format=json' }, { query: '?locale=es&format=csv' }],
  'translations.import': ({ objectSlug }) => [
    { body: { locale: 'es', format: 'csv', content: `id,text\nobject/${objectSlug}/label,Taken over\n` } },
  ],
  'objects.dependents': plain,
  'fields.dependents': plain,
  'relations.dependents': plain,
  'options.dependents': plain,
  'roles.dependents': plain,
  'versions.list': ({ objectSlug }) => [{}, { query: `?object=${objectSlug}` }, { query: '?limit=100' }],
  'versions.compare': () => [{ query: '?from=0' }, { query: '?from=1&to=0' }],
  'versions.get': plain,
  'versions.undo': bodies({ dryRun: true }, {}),
  'versions.restore': bodies({ dryRun: true }),
}

/** What a stranger tries on what people of another workspace say and tick off about their records. */

/** Of a target of isolation.probes.ts, what is tried here. */
interface Said {
  objectSlug: string
  recordIds: string[]
  idsOf: Record<string, string[]>
}
type NoteProbe = (target: Said) => { body?: unknown; query?: string }[]

const plain: NoteProbe = () => [{}]

export const noteProbes: Record<string, NoteProbe> = {
  'activities.list': () => [{}, { query: '?pinned=true' }],
  'activities.addNote': () => [{ body: { body: 'A note of mine' } }],
  'activities.pinNote': () => [{ body: { pinned: true } }, { body: { pinned: false } }],
  'comments.list': ({ idsOf }) => [{}, ...idsOf.notes!.map((noteId) => ({ query: `?noteId=${noteId}` }))],
  'comments.count': ({ recordIds }) => [{ query: `?ids=${recordIds.slice(0, 100).join()}` }],
  'comments.add': ({ idsOf }) => [
    { body: { body: 'A comment of mine' } },
    ...idsOf.notes!.map((noteId) => ({ body: { body: 'A comment of mine', noteId } })),
  ],
  'comments.update': () => [{ body: { body: 'Now it is mine' } }],
  'comments.delete': plain,
  'records.changeChecklist': () => [
    { body: { items: [{ text: 'Mine' }] } },
    { body: { items: [{ id: 'a', done: true }], removed: ['b'] } },
  ],
  'noteTemplates.list': ({ objectSlug }) => [{}, { query: '?object=patients' }, { query: `?object=${objectSlug}` }],
  'noteTemplates.create': ({ objectSlug }) => [{ body: { name: 'Mine', body: 'x', objects: [objectSlug] } }],
  'noteTemplates.update': () => [{ body: { name: 'Mine', body: 'x' } }],
  'noteTemplates.delete': plain,
}

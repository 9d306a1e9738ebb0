/** How each row of the matrix is tried on a field. */
import { type Answer, type ApiClient, endedJob, type Json } from '../client.ts'
import type { Cell, FieldKey } from './access.matrix.ts'

/** The record that everything is tried on, and what stands in it. */
export interface Stage {
  /** The role under test. */
  clerk: ApiClient
  owner: ApiClient
  recordId: string
  trashedId: string
  /** A record that links to the one under test. */
  parentId: string
  /** What is looked for in answers. */
  tokens: Record<FieldKey, string>
  /** What filters compare with. */
  values: Record<FieldKey, Json>
  /** What is written instead. */
  others: Record<FieldKey, Json>
  /** A record of the object without values, made by the owner. */
  fresh(more?: object): Promise<Json>
}

export type Way = (stage: Stage, field: FieldKey) => Promise<Cell>

const refused = (answer: Answer): boolean => {
  if (answer.status >= 500) throw new Error(`answered ${answer.status}: ${answer.text}`)
  return answer.status >= 400
}

/** Whether the value, or the field's name among keys, is in the answer. */
const telling =
  (ask: (stage: Stage, field: FieldKey) => Promise<Answer>, of: 'value' | 'key' = 'value'): Way =>
  async (stage, field) => {
    const answer = await ask(stage, field)
    if (refused(answer)) return 'refuses'
    const sought = of === 'value' ? stage.tokens[field] : `"${field}"`
    return answer.text.includes(sought) ? 'shows' : 'hides'
  }

/** Whether something that is asked for by its value comes back. */
const finding =
  (ask: (stage: Stage, field: FieldKey) => Promise<Answer>, found: (answer: Answer, stage: Stage) => boolean): Way =>
  async (stage, field) => {
    const answer = await ask(stage, field)
    if (refused(answer)) return 'refuses'
    return found(answer, stage) ? 'finds' : 'hides'
  }

const hasRecord = (answer: Answer, stage: Stage): boolean => answer.text.includes(stage.recordId)
const counts = (answer: Answer): boolean => (Array.isArray(answer.data) ? answer.data[0] : answer.data).count > 0

const filterOf = (stage: Stage, field: FieldKey): object => ({ field, op: 'eq', value: stage.values[field] })
const filterQuery = (stage: Stage, field: FieldKey): string =>
  `filter=${encodeURIComponent(JSON.stringify(filterOf(stage, field)))}`
const measureOf = (field: FieldKey): object => ({ op: field === 'budget' ? 'sum' : 'count', field })

const widgetOfCases = { key: 'one', title: 'One', object: 'cases', position: { x: 0, y: 0, w: 6, h: 3 } }

/** What a widget makes of the field; a problem of its own is a refusal. */
function drawn({ tokens }: Stage, field: FieldKey, answer: Answer, told?: (data: Json) => Cell): Cell {
  const [widget] = answer.data.widgets
  if (refused(answer) || widget.problem) return 'refuses'
  if (told) return told(widget.data)
  return JSON.stringify(widget.data).includes(tokens[field]) ? 'shows' : 'hides'
}

const drawing =
  (widget: (stage: Stage, field: FieldKey) => object, told?: (data: Json) => Cell): Way =>
  async (stage, field) => {
    const body = { widgets: [{ ...widgetOfCases, ...widget(stage, field) }] }
    return drawn(stage, field, await stage.clerk.send('POST', '/dashboards/preview', body), told)
  }

/** A dashboard of everybody, as the clerk sees it. */
async function figuresForClerk({ owner, clerk }: Stage, board: object): Promise<Answer> {
  const { id } = await owner.post('/dashboards', { label: 'Ours', visibility: 'everyone', ...board })
  return clerk.send('POST', `/dashboards/${id}/figures`, {})
}

/** Tries a write and looks, as the owner, at what became of it. */
const writing =
  (write: (stage: Stage, field: FieldKey, record: Json) => Promise<Answer>): Way =>
  async (stage, field) => {
    const before = await stage.fresh({ [field]: stage.values[field] })
    const answer = await write(stage, field, before)
    if (refused(answer) || answer.data?.failed > 0) return 'refuses'
    const id = answer.data?.results?.[0]?.id ?? answer.data?.id ?? before.id
    const after = await stage.owner.get(`/cases/${id}`)
    return JSON.stringify(after[field]) === JSON.stringify(before[field]) ? 'keeps' : 'changes'
  }

/** Two entries in the history of a record that holds the value. */
async function changedAndBack({ owner, others }: Stage, id: string, field: FieldKey, value: Json): Promise<void> {
  const between = { ...others, code: 'between', secret: 'between' }
  await owner.call('PATCH', `/cases/${id}`, { [field]: between[field] })
  await owner.call('PATCH', `/cases/${id}`, { [field]: value?.id ?? value })
}

/** Takes the last change of the record back. */
const bringsBack = async ({ owner, clerk }: Stage, id: string, more: object = {}): Promise<Answer> => {
  const [last] = await owner.get(`/cases/${id}/history`)
  return clerk.send('POST', `/cases/${id}/history/restore`, { entry: last.id, side: 'before', ...more })
}

const exported = async (stage: Stage, field: FieldKey): Promise<Answer> => {
  const answer = await stage.clerk.send('POST', '/cases/export', { format: 'csv', filter: filterOf(stage, field) })
  return refused(answer) ? answer : stage.clerk.send('GET', `/jobs/${await ended(stage, answer)}/file`)
}

const ended = async (stage: Stage, answer: Answer): Promise<string> =>
  (await endedJob(stage.clerk, answer.data.jobId)).id

/** A file with the field as a column, mapped to it by force. */
async function importing(stage: Stage, field: FieldKey): Promise<Cell> {
  const name = `Imported ${field}`
  const value = field === 'budget' ? '5.00' : field === 'lead' ? 'Nina' : stage.others[field]
  const preview = await stage.clerk.send('POST', '/cases/import/preview', undefined, {
    raw: `name,${field}\n${name},${value}\n`,
    headers: { 'content-type': 'text/csv' },
  })
  const mapping = { 0: 'name', 1: field }
  const answer = await stage.clerk.send('POST', '/cases/import', { uploadId: preview.data.uploadId, mapping })
  if (refused(answer)) return 'refuses'
  const job = await endedJob(stage.clerk, answer.data.jobId)
  if (job.result?.created !== 1) return 'refuses'
  const [made] = await stage.owner.get(`/cases?name=${encodeURIComponent(name)}`)
  return made[field] === null || (field === 'phase' && made.phase === 'opened') ? 'keeps' : 'changes'
}

/** Two records to be merged; the first has the field's value. */
async function twins(stage: Stage, field: FieldKey): Promise<{ keep: string; from: string }> {
  const name = `Twin ${Math.random()}`
  const keep = await stage.fresh({ name, [field]: stage.values[field] })
  const from = await stage.owner.post('/cases', { name })
  return { keep: keep.id, from: from.id }
}

async function compareBy({ owner }: Stage, rules: object[]): Promise<void> {
  await owner.call('PUT', '/objects/cases/duplicates', { threshold: 50, rules })
  const scan = await owner.send('POST', '/cases/duplicates/scan', {})
  await endedJob(owner, scan.data.jobId)
}

/** The pairs that a scan finds among records of one name, one of them the record under test's. */
async function pairOf(stage: Stage): Promise<{ id: string }> {
  const rules = [{ key: 'name', weight: 90, parts: [{ field: 'name', compare: 'exact' }] }]
  const { name } = await stage.owner.get(`/cases/${stage.recordId}`)
  const namesakes = await stage.owner.get(`/cases?name=${encodeURIComponent(name)}`)
  if (namesakes.length < 2) await stage.owner.post('/cases', { name })
  await compareBy(stage, rules)
  for (const state of ['open', 'dismissed']) {
    const pairs: Json[] = await stage.owner.get(`/duplicates?object=cases&state=${state}&limit=100`)
    const pair = pairs.find(({ records }) => records.some(({ id }: Json) => id === stage.recordId))
    if (pair) return { id: pair.id }
  }
  throw new Error('The scan found no pair.')
}

const aboutPair =
  (ask: (clerk: ApiClient, pairId: string) => Promise<Answer>): Way =>
  async (stage, field) => {
    const answer = await ask(stage.clerk, (await pairOf(stage)).id)
    if (refused(answer)) return 'refuses'
    return answer.text.includes(stage.tokens[field]) ? 'shows' : 'hides'
  }

export const ways: Record<string, Way> = {
  'records.list': telling(({ clerk }) => clerk.send('GET', '/cases')),
  'records.list?fields': telling(({ clerk }, field) => clerk.send('GET', `/cases?fields=${field}`)),
  'records.list?filter': finding(
    (stage, field) => stage.clerk.send('GET', `/cases?${filterQuery(stage, field)}`),
    hasRecord,
  ),
  'records.list?short filter': finding(
    ({ clerk }, field) => clerk.send('GET', `/cases?${field === 'phase' ? 'stage' : field}[notEmpty]`),
    hasRecord,
  ),
  'records.list?sort': finding(
    ({ clerk }, field) => clerk.send('GET', `/cases?sort=${field === 'phase' ? 'stage' : field}`),
    hasRecord,
  ),
  'records.list?search': finding(
    ({ clerk, tokens }, field) => clerk.send('GET', `/cases?search=${tokens[field]}`),
    hasRecord,
  ),
  'records.list?trash': telling(({ clerk }) => clerk.send('GET', '/cases?deleted=true')),
  'records.query': telling(({ clerk }) => clerk.send('POST', '/cases/query', {})),
  'records.query?filter': finding(
    (stage, field) => stage.clerk.send('POST', '/cases/query', { filter: filterOf(stage, field) }),
    hasRecord,
  ),
  'records.count?filter': finding(
    (stage, field) => stage.clerk.send('POST', '/cases/count', { filter: filterOf(stage, field) }),
    counts,
  ),
  'records.count?search': finding(
    ({ clerk, tokens }, field) => clerk.send('POST', '/cases/count', { search: tokens[field] }),
    counts,
  ),
  'records.aggregate?groupBy': telling(({ clerk }, field) =>
    clerk.send('POST', '/cases/aggregate', { groupBy: [field === 'phase' ? 'stage' : field] }),
  ),
  'records.aggregate?filter': finding(
    (stage, field) => stage.clerk.send('POST', '/cases/aggregate', { filter: filterOf(stage, field) }),
    counts,
  ),
  'records.aggregate?measure': async ({ clerk }, field) =>
    refused(await clerk.send('POST', '/cases/aggregate', { measures: [measureOf(field)] })) ? 'refuses' : 'shows',
  'records.aggregate?search': finding(
    ({ clerk, tokens }, field) => clerk.send('POST', '/cases/aggregate', { search: tokens[field] }),
    counts,
  ),
  'dashboards.preview?fields': drawing((_, field) => ({ type: 'recent', fields: [field], limit: 50 })),
  'dashboards.preview?groupBy': drawing((_, field) => ({ type: 'table', groupBy: { field }, limit: 100 })),
  'dashboards.preview?filter': drawing(
    (stage, field) => ({ type: 'metric', filter: filterOf(stage, field) }),
    (data) => (data.value > 0 ? 'finds' : 'hides'),
  ),
  'dashboards.preview?measure': drawing(
    (_, field) => ({ type: 'metric', measure: measureOf(field) }),
    () => 'shows',
  ),
  'dashboards.figures?fields': async (stage, field) => {
    const widgets = [{ ...widgetOfCases, type: 'recent', fields: [field], limit: 50 }]
    return drawn(stage, field, await figuresForClerk(stage, { widgets }))
  },
  'dashboards.figures?filter of the board': async (stage, field) => {
    const filters = [{ object: 'cases', filter: filterOf(stage, field) }]
    const answer = await figuresForClerk(stage, { widgets: [{ ...widgetOfCases, type: 'metric' }], filters })
    return drawn(stage, field, answer, (data) => (data.value > 0 ? 'finds' : 'hides'))
  },
  'records.search': finding(({ clerk, tokens }, field) => clerk.send('GET', `/search?q=${tokens[field]}`), hasRecord),
  'records.searchObject': finding(
    ({ clerk, tokens }, field) => clerk.send('GET', `/cases/search?q=${tokens[field]}`),
    hasRecord,
  ),
  'records.find': finding(({ clerk, tokens }, field) => clerk.send('POST', '/search', { q: tokens[field] }), hasRecord),
  'records.findInObject': finding(
    ({ clerk, tokens }, field) => clerk.send('POST', '/cases/search', { q: tokens[field] }),
    hasRecord,
  ),
  'records.get': telling(({ clerk, recordId }) => clerk.send('GET', `/cases/${recordId}`)),
  'records.get?fields': telling(({ clerk, recordId }, field) =>
    clerk.send('GET', `/cases/${recordId}?fields=${field}`),
  ),
  'records.get?from another record': telling(({ clerk, parentId }) =>
    clerk.send('GET', `/folders/${parentId}?include=cases`),
  ),
  'records.get?fields of another record': telling(({ clerk, parentId }, field) =>
    clerk.send('GET', `/folders/${parentId}?fields=cases.${field}`),
  ),
  'records.links?from another record': telling(({ clerk, parentId }) =>
    clerk.send('GET', `/folders/${parentId}/links/cases`),
  ),
  'records.history': telling(({ clerk, recordId }) => clerk.send('GET', `/cases/${recordId}/history`), 'key'),
  'records.bringBack': writing(async (stage, field, { id, [field]: value }) => {
    await changedAndBack(stage, id, field, value)
    const answer = await bringsBack(stage, id)
    return { ...answer, data: answer.data?.record }
  }),
  'records.bringBack?dry run': telling(async (stage, field) => {
    await changedAndBack(stage, stage.recordId, field, stage.values[field])
    return bringsBack(stage, stage.recordId, { dryRun: true })
  }),
  'records.create': async (stage, field) => {
    const name = `Created ${field}`
    const answer = await stage.clerk.send('POST', '/cases', { name, [field]: stage.others[field] })
    return refused(answer) ? 'refuses' : 'changes'
  },
  'records.create?answer': telling(({ clerk }) => clerk.send('POST', '/cases', { name: 'Fresh' }), 'key'),
  'records.validate': async (stage, field) => {
    const data = { name: `Tried ${field}`, [field]: stage.others[field] }
    const answer = await stage.clerk.send('POST', '/cases/validate', { data })
    return answer.data.problems.length > 0 ? 'refuses' : 'keeps'
  },
  'records.bulkCreate': async (stage, field) => {
    const records = [{ name: `Bulk ${field}`, [field]: stage.others[field] }]
    const answer = await stage.clerk.send('POST', '/cases/bulk', { records })
    return answer.data.failed > 0 ? 'refuses' : 'changes'
  },
  'records.update': writing(({ clerk, others }, field, { id }) =>
    clerk.send('PATCH', `/cases/${id}`, { [field === 'phase' ? 'stage' : field]: others[field] }),
  ),
  'records.update?answer': telling(({ clerk, recordId }) =>
    clerk.send('PATCH', `/cases/${recordId}`, { name: `Case ${Math.random()}` }),
  ),
  'records.update?stale': async ({ clerk, recordId, tokens }, field) => {
    const stale = { headers: { 'if-match': '"999"' } }
    const answer = await clerk.send('PATCH', `/cases/${recordId}`, { name: 'x' }, stale)
    if (answer.status !== 409) throw new Error(`answered ${answer.status}: ${answer.text}`)
    return answer.text.includes(tokens[field]) ? 'shows' : 'hides'
  },
  'records.replace': writing(({ clerk, others }, field, { id }) =>
    clerk.send('PUT', `/cases/${id}`, { name: 'Replaced', [field]: others[field] }),
  ),
  'records.replace?without': writing(({ clerk }, _field, { id }) =>
    clerk.send('PUT', `/cases/${id}`, { name: 'Bare' }),
  ),
  'records.bulkUpdate': writing(({ clerk, others }, field, { id }) =>
    clerk.send('PATCH', '/cases/bulk', { ids: [id], updates: { [field]: others[field] } }),
  ),
  'records.updateCells': writing(({ clerk, others }, field, { id }) =>
    clerk.send('PATCH', '/cases/bulk/cells', { changes: [{ id, updates: { [field]: others[field] } }] }),
  ),
  'records.updateCells?answer': telling(({ clerk, recordId }) =>
    clerk.send('PATCH', '/cases/bulk/cells', {
      changes: [{ id: recordId, updates: { name: `Case ${Math.random()}` } }],
    }),
  ),
  'records.changeChecklist?answer': telling(({ clerk, recordId }) =>
    clerk.send('PATCH', `/cases/${recordId}/checklists/steps`, { items: [{ text: `Step ${Math.random()}` }] }),
  ),
  'records.restore?answer': async (stage, field) => {
    const answer = await stage.clerk.send('POST', `/cases/${stage.trashedId}/restore`)
    await stage.owner.delete(`/cases/${stage.trashedId}`)
    return answer.text.includes(stage.tokens[field]) ? 'shows' : 'hides'
  },
  'records.merge?answer': async (stage, field) => {
    const { keep, from } = await twins(stage, field)
    const answer = await stage.clerk.send('POST', '/cases/merge', { keep, from })
    await stage.owner.delete(`/cases/${keep}`)
    if (refused(answer)) return 'refuses'
    return field in answer.data.record ? 'shows' : 'hides'
  },
  'records.merge?choice': writing(async (stage, field, { id }) => {
    const from = await stage.owner.post('/cases', { name: 'Other', [field]: stage.others[field] })
    const answer = await stage.clerk.send('POST', '/cases/merge', {
      keep: id,
      from: from.id,
      values: { [field]: 'from' },
    })
    return { ...answer, data: answer.data?.record }
  }),
  'records.unmerge?answer': async (stage, field) => {
    const { keep, from } = await twins(stage, field)
    const merge = await stage.owner.post('/cases/merge', { keep, from })
    const answer = await stage.clerk.send('POST', `/merges/${merge.id}/undo`)
    await stage.owner.call('DELETE', '/cases/bulk', { ids: [keep, from] })
    if (refused(answer)) return 'refuses'
    return field in answer.data.keep ? 'shows' : 'hides'
  },
  'duplicates.check?field': async (stage, field) => {
    await compareBy(stage, [{ key: 'field', weight: 90, parts: [{ field, compare: 'exact' }] }])
    const data = { name: 'Nobody', [field]: stage.values[field] }
    const answer = await stage.clerk.send('POST', '/cases/duplicates/check', { data })
    if (refused(answer)) return 'refuses'
    return answer.text.includes(stage.recordId) ? 'finds' : 'hides'
  },
  'duplicates.list': aboutPair((clerk) => clerk.send('GET', '/duplicates?object=cases&limit=100')),
  'duplicates.dismiss?answer': aboutPair((clerk, id) => clerk.send('POST', `/duplicates/${id}/dismiss`)),
  'duplicates.reopen?answer': aboutPair((clerk, id) => clerk.send('POST', `/duplicates/${id}/reopen`)),
  'exports.stream?csv': telling(({ clerk }) => clerk.send('GET', '/cases/export?format=csv')),
  'exports.stream?json': telling(({ clerk }) => clerk.send('GET', '/cases/export?format=json')),
  'exports.stream?fields': telling(({ clerk }, field) => clerk.send('GET', `/cases/export?format=csv&fields=${field}`)),
  'exports.stream?filter': finding(
    (stage, field) => stage.clerk.send('GET', `/cases/export?format=csv&${filterQuery(stage, field)}`),
    (answer) => answer.text.split('\n').length > 2,
  ),
  'exports.query?csv': telling(({ clerk }) => clerk.send('POST', '/cases/export/file', { format: 'csv' })),
  'exports.query?fields': telling(({ clerk }, field) =>
    clerk.send('POST', '/cases/export/file', { format: 'csv', fields: [field] }),
  ),
  'exports.query?filter': finding(
    (stage, field) => stage.clerk.send('POST', '/cases/export/file', { format: 'csv', filter: filterOf(stage, field) }),
    (answer) => answer.text.split('\n').length > 2,
  ),
  'exports.start?filter': finding(exported, (answer) => answer.text.split('\n').length > 2),
  'exports.start?file': telling(async (stage) => {
    const answer = await stage.clerk.send('POST', '/cases/export', { format: 'csv' })
    return stage.clerk.send('GET', `/jobs/${await ended(stage, answer)}/file`)
  }),
  'imports.start': importing,
  'bulk.start': writing(async ({ clerk, others }, field, { id }) => {
    const change = { action: 'update', ids: [id], updates: { [field]: others[field] } }
    const answer = await clerk.send('POST', '/cases/bulk/jobs', change)
    return { ...answer, data: { ...answer.data, failed: answer.data?.result?.refused } }
  }),
  'bulk.start?filter': finding(
    async (stage, field) => {
      const { name } = await stage.owner.get(`/cases/${stage.recordId}`)
      const change = { action: 'update', filter: filterOf(stage, field), updates: { name } }
      const answer = await stage.clerk.send('POST', '/cases/bulk/jobs', change)
      if (!refused(answer)) answer.data = await endedJob(stage.clerk, answer.data.jobId)
      return answer
    },
    ({ data }) => data.result.total > 0,
  ),
  'objects.get': telling(({ clerk }) => clerk.send('GET', '/objects/cases'), 'key'),
  'objects.list': telling(({ clerk }) => clerk.send('GET', '/objects'), 'key'),
}

/** Forms of a workspace, each row with the victim's canary, and what a stranger tries on them. */
import type { ApiClient, RequestOptions } from '../client.ts'
import type { RunningSystem } from '../server.ts'

/** In its address, which nobody gets to know while it is closed. */
export const formAddress = 'qx7aqx7aqx7aqx7a'

const definition = {
  title: 'qx7a-form',
  steps: [{ id: 'one', questions: [{ id: 'name', kind: 'field', field: 'full_name' }] }],
  values: {},
  match: { by: 'nothing' },
  thanks: { title: 'qx7a-thanks' },
}

/** One row in each table of forms. */
export async function keepForms(system: RunningSystem, victim: ApiClient, recordId: string): Promise<void> {
  const form = await victim.post('/forms', { name: 'qx7a-form', object: 'patients', definition })
  await system.sql('update forms set address = $2 where id = $1', [form.id, formAddress])
  await system.sql(
    `with day as (
       insert into form_days (tenant_id, form_id, day, seen) values ($1, $2, current_date, 7)
     ), upload as (
       insert into form_uploads (tenant_id, id, form_id, nonce, question, size, content)
       values ($1, gen_random_uuid(), $2, gen_random_uuid(), 'cv', 3, '{"name": "qx7a.pdf"}')
     )
     insert into form_submissions (tenant_id, id, form_id, nonce, outcome, record_id, seconds)
     values ($1, gen_random_uuid(), $2, gen_random_uuid(), 'created', $3, 7)`,
    [victim.tenantId, form.id, recordId],
  )
}

const plain = () => [{}]
const ownDefinition = { ...definition, title: 'Own', thanks: { title: 'Own' } }
const sent = { token: 'qx7a', proof: 1, answers: { full_name: 'Own' } }
const file = { token: 'qx7a', question: 'cv', name: 'own.txt', size: 3 }
const part = () => [
  { options: { raw: 'abc', headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' } } },
]

export const formProbes: Record<string, () => { body?: unknown; options?: RequestOptions }[]> = {
  'forms.list': plain,
  'forms.create': () => [{ body: { name: 'Own', object: 'patients', definition: ownDefinition } }],
  'forms.get': plain,
  'forms.update': () => [{ body: { name: 'Own' } }, { body: { published: true } }],
  'forms.remove': plain,
  'forms.duplicate': () => [{ body: { name: 'Own' } }],
  'forms.figures': plain,
  'forms.submissions': plain,
  'forms.open': plain,
  'forms.note': () => [{ body: { what: 'seen' } }],
  'forms.beginFile': () => [{ body: file }],
  'forms.appendFile': part,
  'forms.send': () => [{ body: sent }],
  'forms.openPublic': plain,
  'forms.notePublic': () => [{ body: { what: 'seen' } }],
  'forms.beginFilePublic': () => [{ body: file }],
  'forms.appendFilePublic': part,
  'forms.sendPublic': () => [{ body: sent }],
}

/** Forms: made by an administrator, filled in by people without an account and by members. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let ana: ApiClient
let front: ApiClient

const question = (field: string, more: Json = {}): Json => ({ id: `q_${field}`, kind: 'field', field, ...more })

/** A career page: who applies for a job abroad is asked for their permit as well. */
const applying = (changes: Json = {}): Json => ({
  title: { en: 'Apply', de: 'Bewerben' },
  intro: 'Tell us about you.',
  steps: [
    {
      id: 'you',
      title: 'You',
      questions: [
        question('full_name', { label: 'Your name' }),
        question('email', { required: true }),
        question('phone'),
        question('workplace'),
        question('work_permit', { required: true, visible: { field: 'workplace', op: 'contains', value: 'On site' } }),
        question('education', { visible: { field: 'work_permit', op: 'notEmpty' } }),
        question('headline', { prefill: 'job', hidden: true }),
      ],
    },
    {
      id: 'more',
      questions: [
        { id: 'cv', kind: 'files', label: 'Your CV', most: 2 },
        { id: 'privacy', kind: 'consent', text: 'You may keep my data.', required: true },
      ],
    },
  ],
  values: { source: 'Careers page' },
  match: { by: 'fields', fields: ['email'], known: 'fill' },
  thanks: { title: 'Thank you', text: 'We read it.' },
  ...changes,
})

beforeAll(async () => {
  system = await startSystem()
  ana = await system.register({ name: 'Ana García', workspace: 'Talent', template: 'recruiting' })
  front = system.anonymous()
})
afterAll(() => system?.stop())

async function published(definition: Json, audience = 'public'): Promise<Json> {
  const { id } = await ana.post('/forms', { name: 'Careers', object: 'candidates', audience, definition })
  return ana.patch(`/forms/${id}`, { published: true })
}

/** What the page does while somebody types. */
function work({ token, bits }: { token: string; bits: number }): { token: string; proof: number } {
  for (let proof = 0; ; proof++) {
    const digest = createHash('sha256').update(`${token}:${proof}`).digest()
    if (digest.readUInt32BE(0) >>> (32 - bits) === 0) return { token, proof }
  }
}

/** Opened so many times, and left open for as long as a person takes. */
async function opened(form: Json, times = 1): Promise<{ token: string; proof: number }[]> {
  const all = await Promise.all(Array.from({ length: times }, () => front.get(`/public-forms/${form.address}`)))
  await setTimeout(2_050)
  return all.map(({ challenge }) => work(challenge))
}

const send = (form: Json, handed: Json, answers: Json, more: Json = {}) =>
  front.send('POST', `/public-forms/${form.address}/submissions`, {
    ...handed,
    answers,
    consents: ['privacy'],
    ...more,
  })

const candidate = async (email: string): Promise<Json[]> =>
  ana.get(`/candidates?filter=${encodeURIComponent(JSON.stringify({ field: 'email', op: 'eq', value: email }))}`)

describe.concurrent('a public form', () => {
  it('is open to anybody once it is published, in their language, with nothing but what it asks', async () => {
    const definition = applying()
    const { id, address } = await ana.post('/forms', { name: 'Careers', object: 'candidates', definition })
    expect(await front.send('GET', `/public-forms/${address}`)).toMatchObject({ status: 404 })
    await ana.patch(`/forms/${id}`, { published: true })
    const asked = await front.call('GET', `/public-forms/${address}`, undefined, {
      headers: { 'accept-language': 'de' },
    })
    expect(asked).toMatchObject({ title: 'Bewerben', workspace: { name: 'Talent' }, challenge: { bits: 15 } })
    const [first, second] = asked.steps
    expect(first.questions[0].field).toMatchObject({ key: 'full_name', label: 'Your name', required: true })
    expect(first.questions.map((one: Json) => one.field.key)).not.toContain('expected_salary')
    expect(second.questions.map((one: Json) => one.kind)).toEqual(['files', 'consent'])
    expect(JSON.stringify(asked)).not.toContain('Careers page')
    await ana.patch(`/forms/${id}`, { published: false })
    expect(await front.send('GET', `/public-forms/${address}`)).toMatchObject({ status: 404 })
  })

  it('makes a record, with files, and is counted; the same again makes no second', async () => {
    const form = await published(applying())
    const [handed] = await opened(form)
    const file = { ...handed!, name: 'cv.txt', content: Buffer.from('I can do it.').toString('base64') }
    const { id } = await front.post(`/public-forms/${form.address}/files`, file)
    for (const what of ['seen', 'begun']) await front.post(`/public-forms/${form.address}/noted`, { what })
    const answers = { full_name: 'Lena Krüger', email: 'lena@example.com', headline: 'Engineer', rating: 5 }
    const answer = await send(form, handed, answers, { files: { cv: [id] } })
    expect(answer).toMatchObject({ status: 201, data: { title: 'Thank you', text: 'We read it.', redirect: null } })
    const again = await send(form, handed, answers)
    expect(again).toMatchObject({ status: 201, data: answer.data })
    const found = await candidate('lena@example.com')
    expect(found).toHaveLength(1)
    // What is not asked is not taken, whoever sends it.
    expect(found[0]).toMatchObject({
      full_name: 'Lena Krüger',
      source: 'Careers page',
      headline: 'Engineer',
      rating: null,
    })
    const files = await ana.get(`/candidates/${found[0].id}/files`)
    expect(JSON.stringify(files)).toContain('cv.txt')
    expect(await ana.get(`/forms/${form.id}`)).toMatchObject({
      month: { seen: 1, begun: 1, sent: 1, refused: 0, spam: 0 },
    })
    const [entry] = await ana.get(`/forms/${form.id}/submissions`)
    expect(entry).toMatchObject({ outcome: 'created', record: { id: found[0].id, title: 'Lena Krüger' }, by: null })
    const [history] = await ana.get(`/candidates/${found[0].id}/history`)
    expect(JSON.stringify(history)).toContain('form')
  })

  it('takes files only with the work done, only where it asks for them, and forgets them with the form', async () => {
    const form = await published(applying())
    const without = await published(
      applying({ steps: [{ id: 'one', questions: [question('full_name')] }], match: { by: 'nothing' } }),
    )
    const [[handed], [other]] = await Promise.all([opened(form), opened(without)])
    const content = Buffer.from('Hello').toString('base64')
    const add = (to: Json, sent: Json) =>
      front.send('POST', `/public-forms/${to.address}/files`, { name: 'a.txt', content, ...sent })
    expect(await add(form, { token: handed!.token })).toMatchObject({ status: 400 })
    expect(await add(without, other)).toMatchObject({ status: 404 })
    const many = await Promise.all(Array.from({ length: 25 }, () => add(form, handed)))
    expect(many.filter(({ status }) => status === 201)).toHaveLength(20)
    const keys = await system.sql<{ key: string }>(
      `select content ->> 'storageKey' as key from form_uploads where form_id = $1`,
      [form.id],
    )
    const lies = ({ key }: { key: string }) => existsSync(join(system.dataDir, 'files', key, '0'))
    expect(keys.filter(lies)).toHaveLength(20)
    await ana.send('DELETE', `/forms/${form.id}`)
    await expect.poll(() => keys.filter(lies)).toEqual([])
  })

  it('does not tell that somebody is known by a value that no two may have', async () => {
    await ana.send('PATCH', '/objects/candidates/fields/linkedin_url', { unique: true })
    const asks = question('linkedin_url')
    const careless = applying({ match: { by: 'nothing' } })
    careless.steps[0].questions.push(asks)
    const { id } = await ana.post('/forms', { name: 'Careless', object: 'candidates', definition: careless })
    const refused = await ana.send('PATCH', `/forms/${id}`, { published: true })
    expect(refused.error.details).toMatchObject([{ field: 'definition.match' }])
    // Where the field became one of a kind only after it was opened.
    const form = await published(applying({ match: { by: 'nothing' } }))
    const address = 'https://linkedin.com/in/noor'
    const known = await ana.post('/candidates', { full_name: 'Noor', linkedin_url: address })
    careless.steps[0].questions = [question('full_name'), asks]
    await system.sql('update forms set definition = $2 where id = $1', [form.id, JSON.stringify(careless)])
    const [handed] = await opened(form)
    const answer = await send(form, handed, { full_name: 'Guess', linkedin_url: address })
    expect(answer).toMatchObject({ status: 201, data: { title: 'Thank you' } })
    expect(await ana.get(`/forms/${form.id}/submissions`)).toMatchObject([
      { outcome: 'updated', record: { id: known.id } },
    ])
    expect(await ana.get(`/candidates/${known.id}`)).toMatchObject({ full_name: 'Noor' })
  })

  it('asks what its conditions ask for, and drops answers to what it did not ask', async () => {
    const form = await published(applying({ match: { by: 'nothing' } }))
    const [one, two] = await opened(form, 2)
    const refused = await send(form, one, { full_name: 'Ida', email: 'ida@example.com', workplace: ['On site'] })
    expect(refused).toMatchObject({
      status: 400,
      error: { details: [{ field: 'work_permit', message: 'is required' }] },
    })
    // After it is mended, the same form is good still.
    const answers = {
      full_name: 'Ida',
      email: 'ida@example.com',
      workplace: ['On site'],
      work_permit: 'Permit',
      education: 'MSc',
    }
    expect(await send(form, one, answers)).toMatchObject({ status: 201 })
    const remote = { ...answers, email: 'remote@example.com', workplace: ['Remote'] }
    expect(await send(form, two, remote)).toMatchObject({ status: 201 })
    expect(await candidate('ida@example.com')).toMatchObject([{ work_permit: 'Permit', education: 'MSc' }])
    // The permit was not asked, and so neither was what hangs on it.
    expect(await candidate('remote@example.com')).toMatchObject([{ work_permit: null, education: null }])
    expect(await ana.get(`/forms/${form.id}`)).toMatchObject({ month: { sent: 2, refused: 1 } })
  })

  it('adds to what is known of somebody, without saying so, and overwrites only where it is to', async () => {
    const known = await ana.post('/candidates', { full_name: 'Omar Haddad', email: 'omar@example.com' })
    const fills = await published(applying())
    const overwrites = await published(applying({ match: { by: 'fields', fields: ['email'], known: 'overwrite' } }))
    const [[one], [two]] = await Promise.all([opened(fills), opened(overwrites)])
    const answers = { full_name: 'Somebody Else', email: 'Omar@example.com', phone: '+49 30 901820' }
    const first = await send(fills, one, answers)
    expect(first).toMatchObject({ status: 201, data: { title: 'Thank you' } })
    expect(await candidate('omar@example.com')).toMatchObject([
      { id: known.id, full_name: 'Omar Haddad', phone: '+4930901820' },
    ])
    await send(overwrites, two, answers)
    expect(await candidate('omar@example.com')).toMatchObject([{ id: known.id, full_name: 'Somebody Else' }])
    expect(await ana.get(`/forms/${fills.id}/submissions`)).toMatchObject([
      { outcome: 'updated', record: { id: known.id } },
    ])
  })

  it('makes one record of twenty that come at once about the same person', async () => {
    const form = await published(applying())
    const handed = await opened(form, 20)
    const answers = await Promise.all(
      handed.map((one) => send(form, one, { full_name: 'Mia Roth', email: 'mia@example.com' })),
    )
    expect(answers.map(({ status }) => status)).toEqual(handed.map(() => 201))
    expect(await candidate('mia@example.com')).toHaveLength(1)
  })

  it('takes nothing from programs: too soon, without the work, or where no person types', async () => {
    const form = await published(applying())
    const soon = await front.get(`/public-forms/${form.address}`)
    const [trap, idle] = await opened(form, 2)
    const answers = (name: string) => ({ full_name: name, email: `${name}@example.com` })
    expect(await send(form, work(soon.challenge), answers('kept'))).toMatchObject({ status: 201 })
    const hurried = await front.get(`/public-forms/${form.address}`)
    expect(await send(form, work(hurried.challenge), answers('hurried'))).toMatchObject({ status: 201 })
    expect(await send(form, trap, answers('trapped'), { website: 'https://spam.example' })).toMatchObject({
      status: 201,
    })
    const lazy = await send(form, { ...idle, proof: idle!.proof + 1 }, answers('lazy'))
    expect(lazy).toMatchObject({ status: 400, error: { details: [{ field: 'proof' }] } })
    const forged = idle!.token.replace(/\.15\./, '.1.')
    expect(await send(form, { token: forged, proof: 0 }, answers('forged'))).toMatchObject({ status: 409 })
    for (const name of ['hurried', 'trapped', 'lazy', 'forged'])
      expect(await candidate(`${name}@example.com`)).toEqual([])
    expect(await ana.get(`/forms/${form.id}`)).toMatchObject({ month: { spam: 2 } })
  })

  it('tells which answer will not do, and which place of a form is not sound', async () => {
    const form = await published(applying())
    const [handed] = await opened(form)
    const answer = await send(form, handed, { full_name: 'Eva', email: 'no address' }, { consents: [] })
    expect(answer.error.details).toEqual([{ field: 'privacy', message: 'must be agreed to' }])
    expect((await send(form, handed, { full_name: 'Eva', email: 'no address' })).error.details[0]).toMatchObject({
      field: 'email',
    })
    const broken = applying({ values: { nothing: 1 } })
    broken.steps[0].questions.push(question('cv'), question('missing'))
    const { id } = await ana.post('/forms', { name: 'Broken', object: 'candidates', definition: broken })
    const refused = await ana.send('PATCH', `/forms/${id}`, { published: true })
    expect(refused.status).toBe(400)
    expect(refused.error.details.map(({ field }) => field)).toEqual([
      'definition.steps.0.questions.7.field',
      'definition.steps.0.questions.8.field',
      'definition.values.nothing',
    ])
  })
})

describe('inside the workspace', () => {
  it('a member fills in a form with their own rights and no proof of work', async () => {
    const form = await published(applying(), 'internal')
    expect(await front.send('GET', `/public-forms/${form.address}`)).toMatchObject({ status: 404 })
    const ben = await addMember(system, ana.tenantId, ['recruiter'])
    const { challenge } = await ben.get(`/forms/${form.id}/questions`)
    const sent = {
      token: challenge.token,
      answers: { full_name: 'Kim Park', email: 'kim@example.com' },
      consents: ['privacy'],
    }
    expect(await ben.send('POST', `/forms/${form.id}/submissions`, sent)).toMatchObject({ status: 201 })
    expect(await candidate('kim@example.com')).toMatchObject([{ full_name: 'Kim Park' }])
    expect(await ana.get(`/forms/${form.id}/submissions`)).toMatchObject([
      { outcome: 'created', by: 'Member as recruiter' },
    ])
    expect(await ben.send('GET', '/forms')).toMatchObject({ status: 403 })
  })

  it('two administrators do not overwrite each other’s form', async () => {
    const form = await published(applying())
    await ana.patch(`/forms/${form.id}`, { name: 'Careers 2' })
    const asOpened = { headers: { 'if-match': `"${form.version}"` } }
    const late = await ana.send('PATCH', `/forms/${form.id}`, { name: 'Careers 3' }, asOpened)
    expect(late).toMatchObject({ status: 409 })
    const copy = await ana.post(`/forms/${form.id}/duplicate`, { name: 'Copy' })
    expect(copy).toMatchObject({ name: 'Copy', published: false })
    expect(copy.address).not.toBe(form.address)
  })
})

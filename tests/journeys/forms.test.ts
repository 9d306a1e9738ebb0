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
  system = await startSystem({ trustedProxies: '127.0.0.1,::1' })
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

/** Sends a file part by part, as the page does; gives the answer to the last one. */
async function sendFile(form: Json, handed: Json, file: { question: string; name: string }, parts: Uint8Array[]) {
  const path = `/public-forms/${form.address}/files`
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  const begun = await front.send('POST', path, { ...handed, ...file, size })
  if (begun.status !== 201) return begun
  return sendParts(`${path}/${begun.data.id}`, parts)
}

async function sendParts(path: string, parts: Uint8Array[], from = 0) {
  let answer: Awaited<ReturnType<ApiClient['send']>> | undefined
  let offset = from
  for (const part of parts) {
    const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) }
    answer = await front.send('PATCH', path, undefined, { raw: new Uint8Array(part), headers })
    if (answer.status !== 200) return answer
    offset += part.length
  }
  return answer!
}

const pdf = new TextEncoder().encode('%PDF-1.7\n%%EOF\n')
const text = new TextEncoder().encode('I can do it.')

const candidate = async (email: string): Promise<Json[]> =>
  ana.get(`/candidates?filter=${encodeURIComponent(JSON.stringify({ field: 'email', op: 'eq', value: email }))}`)

/** Members choose among what they may read, and show nobody what they do not see themselves. */
async function offersOfMembers(definition: Json, jobId: string): Promise<void> {
  const objects = {
    candidates: { read: 'all', create: 'all', update: 'all' },
    vacancies: { read: 'own', create: 'own' },
  }
  await ana.post('/access/roles', { key: 'narrow', label: 'Narrow', objects, admin: ['automation'] })
  const narrow = await addMember(system, ana.tenantId, ['narrow'])
  const made = await narrow.post('/forms', { name: 'Shown', object: 'candidates', definition })
  expect(await narrow.send('PATCH', `/forms/${made.id}`, { published: true })).toMatchObject({ status: 403 })
  const form = await published(definition, 'internal')
  const { challenge, steps } = await narrow.get(`/forms/${form.id}/questions`)
  expect(steps[0].questions[2].field.relation).toEqual({ many: true, object: 'vacancies', choices: null })
  const sent = (jobs: string[]) => ({ token: challenge.token, answers: { full_name: 'Pia', jobs }, consents: [] })
  const refused = await narrow.send('POST', `/forms/${form.id}/submissions`, sent([jobId]))
  expect(refused).toMatchObject({ status: 400, error: { details: [{ field: 'jobs' }] } })
  await keepsUnseenLink(narrow, jobId)
}

/** Where one record alone can be linked, a link that the member does not see keeps its place. */
async function keepsUnseenLink(narrow: ApiClient, jobId: string): Promise<void> {
  const relation = { object: 'vacancies', many: false, inverse: { key: 'wished_by', label: 'Wished by' } }
  await ana.post('/objects/candidates/fields', { key: 'wish', label: 'Wish', type: 'relation', relation })
  const email = 'two@example.com'
  const known = await ana.post('/candidates', { full_name: 'Two', email, wish: jobId })
  const own = await narrow.post('/vacancies', { name: 'Own one', status: 'Open' })
  const steps = [{ id: 'one', questions: [question('full_name'), question('email'), question('wish')] }]
  const form = await published(applying({ steps }), 'internal')
  const { challenge } = await narrow.get(`/forms/${form.id}/questions`)
  const answers = { full_name: 'Two', email, wish: own.id }
  const sent = { token: challenge.token, answers, consents: [] }
  expect(await narrow.send('POST', `/forms/${form.id}/submissions`, sent)).toMatchObject({ status: 201 })
  expect((await ana.get(`/candidates/${known.id}`)).wish).toMatchObject({ id: jobId })
}

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
    const { id } = (await sendFile(form, handed, { question: 'cv', name: 'cv.txt' }, [text])).data
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
    const cv = { question: 'cv', name: 'a.txt' }
    const add = (to: Json, by: Json, file = cv) => sendFile(to, by, file, [text])
    expect(await add(form, { token: handed!.token })).toMatchObject({ status: 400 })
    expect(await add(without, other)).toMatchObject({ status: 404 })
    expect(await add(form, handed, { ...cv, question: 'q_email' })).toMatchObject({ status: 404 })
    const many = await Promise.all(Array.from({ length: 25 }, () => add(form, handed)))
    expect(many.filter(({ status }) => status === 200)).toHaveLength(20)
    const keys = await system.sql<{ key: string }>(
      `select content ->> 'storageKey' as key from form_uploads where form_id = $1`,
      [form.id],
    )
    const lies = ({ key }: { key: string }) => existsSync(join(system.dataDir, 'files', key, '0'))
    expect(keys.filter(lies)).toHaveLength(20)
    await ana.send('DELETE', `/forms/${form.id}`)
    await expect.poll(() => keys.filter(lies)).toEqual([])
  })

  it('goes on with a file where it broke off, keeps it in the field that asks for it, and looks at what it is', async () => {
    const papers = { key: 'papers', label: 'Papers', type: 'file', rules: { several: true, kinds: ['pdf'] } }
    await ana.post('/objects/candidates/fields', papers)
    const steps = [{ id: 'one', questions: [question('full_name'), question('email'), question('papers')] }]
    const form = await published(applying({ steps, match: { by: 'fields', fields: ['email'], known: 'fill' } }))
    const [first, second] = await opened(form, 2)
    const [asked] = (await front.get(`/public-forms/${form.address}`)).steps
    expect(asked.questions[2].field).toMatchObject({ type: 'file', files: { most: 10, largest: 100 * 1024 ** 2 } })
    const file = { question: 'q_papers', name: 'papers.pdf' }
    const refused = await sendFile(form, first, file, [text])
    expect(refused).toMatchObject({ status: 400, error: { details: [{ field: 'content' }] } })
    const path = `/public-forms/${form.address}/files`
    const begun = await front.post(path, { ...first, ...file, size: pdf.length })
    await sendParts(`${path}/${begun.id}`, [pdf.slice(0, 5)])
    const again = await sendParts(`${path}/${begun.id}`, [pdf.slice(0, 5)])
    expect(again).toMatchObject({ status: 409, error: { message: expect.stringContaining('Go on from 5.') } })
    const unfinished = await send(form, first, { full_name: 'Noa' }, { files: { q_papers: [begun.id] } })
    expect(unfinished.error.details).toMatchObject([{ field: 'papers', message: 'names a file that did not arrive' }])
    expect((await sendParts(`${path}/${begun.id}`, [pdf.slice(5)], 5)).data).toMatchObject({ offset: pdf.length })
    const answers = { full_name: 'Noa Levi', email: 'noa@example.com' }
    expect(await send(form, first, answers, { files: { q_papers: [begun.id] } })).toMatchObject({ status: 201 })
    const [made] = await candidate('noa@example.com')
    expect(made!.papers).toMatchObject([{ name: 'papers.pdf', type: 'application/pdf', size: pdf.length }])
    // Of somebody who is known the field keeps what it has, and the record gets the rest.
    const more = (await sendFile(form, second, { ...file, name: 'newer.pdf' }, [pdf])).data
    expect(await send(form, second, answers, { files: { q_papers: [more.id] } })).toMatchObject({ status: 201 })
    expect((await candidate('noa@example.com'))[0]!.papers).toMatchObject([{ name: 'papers.pdf' }])
    expect(await ana.get(`/candidates/${made!.id}/files`)).toMatchObject([{ name: 'newer.pdf', field: null }])
  })

  it('lets no stranger fill the disk: what waits is bounded, and what nobody goes on with goes', async () => {
    const form = await published(applying())
    const handed = await opened(form, 3)
    const begin = (by: Json, size: number, from = '2001:db8:1:2::1') =>
      front.send(
        'POST',
        `/public-forms/${form.address}/files`,
        { ...by, question: 'cv', name: 'film.mp4', size },
        { headers: { 'x-forwarded-for': from } },
      )
    const large = 90 * 1024 ** 2
    expect(await begin(handed[0], 101 * 1024 ** 2)).toMatchObject({ status: 400 })
    const first = await begin(handed[0], large)
    expect(first).toMatchObject({ status: 201 })
    expect(await begin(handed[0], large)).toMatchObject({ status: 201 })
    expect(await begin(handed[0], large)).toMatchObject({ status: 400, error: { details: [{ field: 'size' }] } })
    // With another form in hand it is the same visitor, and so is who has the next address of a household.
    expect(await begin(handed[1], large, '2001:db8:1:2::2')).toMatchObject({ status: 503 })
    // A place is kept for two minutes where nothing comes; whoever comes back has to find room again.
    const ages = (by: string) =>
      system.sql(`update form_uploads set expires_at = expires_at - $2::interval where form_id = $1`, [form.id, by])
    await ages('3 minutes')
    const other = await begin(handed[1], large, '2001:db8:1:2::2')
    expect(other).toMatchObject({ status: 201 })
    expect(await begin(handed[2], large, '2001:db8:1:2::3')).toMatchObject({ status: 201 })
    const late = await sendParts(`/public-forms/${form.address}/files/${first.data.id}`, [text])
    expect(late).toMatchObject({ status: 503 })
    await ages('60 minutes')
    expect(await begin(handed[2], large)).toMatchObject({ status: 201 })
    expect(await system.sql('select id from form_uploads where form_id = $1', [form.id])).toHaveLength(1)
    await ana.send('DELETE', `/forms/${form.id}`)
  })

  it('offers the records that its maker has decided to show, and takes no others', async () => {
    const relation = { object: 'vacancies', many: true, inverse: { key: 'interested', label: 'Interested' } }
    await ana.post('/objects/candidates/fields', { key: 'jobs', label: 'Jobs', type: 'relation', relation })
    const job = (name: string, status: string) => ana.post('/vacancies', { name, status })
    const [cook, driver, secret] = await Promise.all([job('Cook', 'Open'), job('Driver', 'Open'), job('Spy', 'Draft')])
    const offer = { filter: { field: 'status', op: 'eq', value: 'Open' }, titlesPublic: true }
    const asking = (offered?: Json) => {
      const questions = [question('full_name'), question('email'), question('jobs', { required: true, offer: offered })]
      return applying({ steps: [{ id: 'one', questions }] })
    }
    const { id } = await ana.post('/forms', { name: 'Undecided', object: 'candidates', definition: asking() })
    const undecided = await ana.send('PATCH', `/forms/${id}`, { published: true })
    expect(undecided.error.details).toMatchObject([{ field: 'definition.steps.0.questions.2.offer' }])
    const form = await published(asking(offer))
    const asked = (await front.get(`/public-forms/${form.address}`)).steps[0].questions[2].field.relation
    const choices = [cook, driver].map((one) => ({ id: one.id, title: one.name }))
    expect(asked).toEqual({ many: true, object: null, choices })
    const [first, second] = await opened(form, 2)
    const answers = (jobs: unknown) => ({ full_name: 'Jo Bell', email: 'jo@example.com', jobs })
    const hidden = await send(form, first, answers([cook.id, secret.id]))
    expect(hidden.error.details).toMatchObject([{ field: 'jobs', message: 'is not offered any more. Choose again' }])
    expect(await send(form, first, answers([cook.id]))).toMatchObject({ status: 201 })
    expect(await send(form, second, answers([driver.id]))).toMatchObject({ status: 201 })
    const [{ jobs }] = (await candidate('jo@example.com')) as [Json]
    expect(jobs.map(({ title }: Json) => title).sort()).toEqual(['Cook', 'Driver'])
    // Who takes answers for the truth takes no link away by them.
    const overwrites = await published({
      ...asking(offer),
      match: { by: 'fields', fields: ['email'], known: 'overwrite' },
    })
    const [third] = await opened(overwrites)
    const ella = await ana.post('/candidates', { full_name: 'Ella', email: 'ella@example.com', jobs: [secret.id] })
    const sent = await send(overwrites, third, { full_name: 'Ella K', email: 'ella@example.com', jobs: [cook.id] })
    expect(sent).toMatchObject({ status: 201 })
    const [now] = (await candidate('ella@example.com')) as [Json]
    expect(now).toMatchObject({ id: ella.id, full_name: 'Ella K' })
    expect(now.jobs.map(({ title }: Json) => title).sort()).toEqual(['Cook', 'Spy'])
    await offersOfMembers(asking(offer), cook.id)
  })

  it('shows nobody what is protected: no titles, whatever they are made of, and nothing chosen by such values', async () => {
    const text = (key: string, more: Json = {}) => ({ key, label: key, type: 'text', ...more })
    const fields = [text('nick', { required: true }), text('real_name', { phi: true })]
    const clients = { slug: 'clients', label: 'Client', labelPlural: 'Clients', fields, roles: { title: 'nick' } }
    await ana.post('/objects', clients)
    const computed = { expression: 'real_name + "!"' }
    const formula = await ana.post('/objects/clients/fields', text('shown', { type: 'formula', computed }))
    expect(formula).toMatchObject({ phi: true })
    const relation = { object: 'clients', many: false, inverse: { key: 'sent_by', label: 'Sent by' } }
    await ana.post('/objects/candidates/fields', { key: 'client', label: 'Client', type: 'relation', relation })
    const [lena] = await Promise.all(['L', 'M'].map((nick) => ana.post('/clients', { nick, real_name: 'Lena Ortiz' })))
    const offering = (filter?: Json) => {
      const offer = { titlesPublic: true, ...(filter && { filter }) }
      return applying({ steps: [{ id: 'one', questions: [question('full_name'), question('client', { offer })] }] })
    }
    const publish = async (definition: Json) => {
      const match = { by: 'nothing' }
      const made = await ana.post('/forms', { name: 'F', object: 'candidates', definition: { ...definition, match } })
      return ana.send('PATCH', `/forms/${made.id}`, { published: true })
    }
    for (const field of ['real_name', 'shown']) {
      const refused = await publish(offering({ field, op: 'eq', value: 'Lena Ortiz' }))
      expect(refused.error.details).toMatchObject([{ field: 'definition.steps.0.questions.1.offer' }])
    }
    const form = (await publish(offering({ field: 'nick', op: 'ne', value: 'M' }))).data
    const offered = async () =>
      (await front.get(`/public-forms/${form.address}`)).steps[0].questions[1].field.relation.choices
    expect(await offered()).toEqual([{ id: lena.id, title: 'L' }])
    await ana.patch('/objects/clients', { roles: { title: 'shown' } })
    expect(await offered()).toEqual([])
    expect(await publish(offering())).toMatchObject({ status: 400 })
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
    const broken = applying({ values: { skills: 'Lead', nothing: 1, notice_weeks: 'many' } })
    broken.steps[0].questions.push(question('next_activity'), question('missing'))
    const { id } = await ana.post('/forms', { name: 'Broken', object: 'candidates', definition: broken })
    const refused = await ana.send('PATCH', `/forms/${id}`, { published: true })
    expect(refused.status).toBe(400)
    expect(refused.error.details.map(({ field }) => field)).toEqual([
      'definition.steps.0.questions.7.field',
      'definition.steps.0.questions.8.field',
      'definition.values.skills',
      'definition.values.nothing',
      'definition.values.notice_weeks',
    ])
    expect(refused.error.details[2]!.message).toMatch(/list/)
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

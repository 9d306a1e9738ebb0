import type { HttpAnswer } from '@oneforge/kernel/operations'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestWorkspace } from '../imports/imports.fixture.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await TestWorkspace.open()
  await workspace.create('doctors', { full_name: 'Ana Ruiz' })
  const doctor = (await workspace.records('doctors'))[0]!
  await workspace.create('patients', {
    full_name: '=HYPERLINK("x")',
    email: 'bob@example.com',
    phone: '+61 400 000 001',
    date_of_birth: '1980-12-31',
    gender: 'male',
    balance: { amount: '-1234.50', currency: 'AUD' },
    tags: ['vip', 'new'],
    notes: 'two\nlines',
    doctor: doctor.id,
    contact: workspace.agent.userId,
  })
  await workspace.create('patients', {
    full_name: 'Zoë',
    balance: { amount: '5', currency: 'EUR' },
    ownerId: workspace.agent.userId,
  })
})
afterAll(() => workspace.close())

async function exported(query: object, as = workspace.owner): Promise<{ answer: HttpAnswer; bytes: Buffer }> {
  const answer = await workspace.call<HttpAnswer>('exports.stream', { object: 'patients', ...query }, { as })
  return { answer, bytes: Buffer.from(await new Response(answer.body as ReadableStream).arrayBuffer()) }
}

const problem = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error,
  )
const fields = [
  'recordNumber',
  'full_name',
  'phone',
  'date_of_birth',
  'gender',
  'balance',
  'tags',
  'notes',
  'doctor',
  'contact',
  'ownerId',
]

describe('an export', () => {
  it('is CSV for people, with formulas made harmless', async () => {
    const { answer, bytes } = await exported({ format: 'csv', fields })
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename\*=UTF-8''patients-\d{4}-\d\d-\d\d\.csv$/,
    )
    expect(bytes.toString()).toBe(
      [
        '\ufeffRecord number,Full name,Phone,Date of birth,Gender,Balance (AUD),Tags,Notes,Doctor,Contact person,Owner',
        `PAT-000001,"'=HYPERLINK(""x"")",+61400000001,1980-12-31,Male,-1234.5,vip; new,"two\nlines",Ana Ruiz,The agent,The owner`,
        'PAT-000002,Zoë,,,,5.00 EUR,,,,,The agent',
        '',
      ].join('\r\n'),
    )
  })

  it('has all that the caller sees unless told otherwise', async () => {
    const header = (await exported({ format: 'csv' })).bytes.toString().split('\r\n')[0]
    expect(header).toBe(
      '\ufeffRecord number,Full name,E-mail,Phone,Date of birth,National ID,Gender,Balance (AUD),Tags,Notes,Doctor,Contact person,Owner,Created at,Updated at',
    )
  })

  it('is JSON as the API gives it', async () => {
    const { bytes } = await exported({ format: 'json', filter: { field: 'full_name', op: 'eq', value: 'Zoë' } })
    expect(JSON.parse(bytes.toString())).toMatchObject([
      { object: 'patients', recordNumber: 'PAT-000002', full_name: 'Zoë', doctor: null },
    ])
  })

  it('follows filter, search and sort', async () => {
    const numbers = async (query: object) =>
      (await exported({ format: 'csv', fields: ['recordNumber'], ...query })).bytes
        .toString()
        .split('\r\n')
        .slice(1, -1)
    expect(await numbers({ sort: ['-recordNumber'] })).toEqual(['PAT-000002', 'PAT-000001'])
    expect(await numbers({ search: 'zoe' })).toEqual(['PAT-000002'])
    expect(await numbers({ filter: { field: 'gender', op: 'eq', value: 'male' } })).toEqual(['PAT-000001'])
  })

  it('answers what is wrong before it begins', async () => {
    expect(await problem(exported({ filter: { field: 'nothing', op: 'eq', value: 1 } }))).toMatchObject({ status: 400 })
    expect(await problem(exported({ sort: ['nothing'] }))).toMatchObject({ status: 400 })
    expect(await problem(exported({ fields: ['nothing'] }))).toMatchObject({
      details: [{ message: '“nothing” is not a field of patients' }],
    })
    expect(await problem(exported({ format: 'pdf' }))).toMatchObject({
      message: 'format: must be one of csv, xlsx, json',
    })
    expect(await problem(exported({ object: 'nothing' }))).toMatchObject({ status: 404 })
  })

  it('holds only what the caller may export, and no hidden fields', async () => {
    const { bytes } = await exported({ format: 'csv' }, workspace.agent)
    const lines = bytes.toString().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).not.toContain('Balance')
    expect(lines[1]).toContain('Zoë')
    expect(await problem(exported({ fields: ['balance'] }, workspace.agent))).toMatchObject({ status: 400 })
    expect(await problem(exported({}, workspace.reader))).toMatchObject({ status: 403 })
  })
})

describe('an export job', () => {
  it('leaves a file to fetch', async () => {
    const { jobId } = await workspace.call<{ jobId: string }>('exports.start', {
      object: 'patients',
      format: 'csv',
      fields,
    })
    const job = await workspace.ended(jobId)
    expect(job).toMatchObject({ status: 'completed', result: { total: 2, downloadUrl: `/api/v1/jobs/${jobId}/file` } })
    const answer = await workspace.call<HttpAnswer>('exports.download', { id: jobId })
    expect(await new Response(answer.body as ReadableStream).text()).toBe(
      new TextDecoder().decode((await exported({ format: 'csv', fields })).bytes),
    )
    expect(await problem(workspace.call('exports.download', { id: jobId }, { as: workspace.agent }))).toMatchObject({
      status: 404,
    })
  })

  it('gives its file to nobody else, also not to those who look after jobs', async () => {
    const { jobId } = await workspace.call<{ jobId: string }>(
      'exports.start',
      { object: 'patients' },
      { as: workspace.agent },
    )
    expect(await workspace.ended(jobId)).toMatchObject({ status: 'completed' })
    expect(await workspace.call('jobs.get', { id: jobId })).toMatchObject({ id: jobId })
    expect(await problem(workspace.call('exports.download', { id: jobId }))).toMatchObject({ status: 404 })
    expect(await workspace.call('exports.download', { id: jobId }, { as: workspace.agent })).toBeTruthy()
  })

  it('refuses a bad filter at once', async () => {
    expect(
      await problem(
        workspace.call('exports.start', { object: 'patients', filter: { field: 'nothing', op: 'eq', value: 1 } }),
      ),
    ).toMatchObject({ status: 400 })
  })
})

describe('what was exported', () => {
  it.each(['csv', 'xlsx'] as const)('changes nothing when it is imported again as %s', async (format) => {
    const { bytes } = await exported({ format })
    const job = await workspace.import(bytes, { mode: 'update', matchOn: 'recordNumber' })
    expect(job.errors).toEqual([])
    expect(job.result).toMatchObject({ total: 2, unchanged: 2 })
  })
})

describe('a long list', () => {
  it('comes whole, page after page', { timeout: 60_000 }, async () => {
    const names = Array.from({ length: 1_800 }, (_, index) => `Doctor ${index}`)
    await workspace.import(`Name\n${names.join('\n')}\n`, {}, { object: 'doctors' })
    const { bytes } = await exported({ object: 'doctors', format: 'json', sort: ['recordNumber'] })
    const records = JSON.parse(bytes.toString()) as { full_name: string }[]
    expect(records.map((record) => record.full_name)).toEqual(['Ana Ruiz', ...names])
  })
})

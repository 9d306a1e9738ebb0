import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { dirtyPeople } from '../../../tests/fixtures/dirty-people.ts'
import { TestWorkspace } from './imports.fixture.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await TestWorkspace.open()
})
afterAll(() => workspace.close())
afterEach(() => workspace.clear())

const counts = (
  numbers: Partial<Record<'total' | 'created' | 'updated' | 'unchanged' | 'duplicates' | 'refused', number>>,
) => expect.objectContaining({ total: 0, created: 0, updated: 0, unchanged: 0, duplicates: 0, refused: 0, ...numbers })

const problem = async (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error,
  )

describe('creating', () => {
  it('makes records of rows, mapped by itself', async () => {
    const job = await workspace.import(
      'Last name,First name,Mobile,E-mail Address,DOB,Sex,Tags\nRuiz,Ana,0400 000 001,ANA@example.com,31/12/1980,Female,vip; new\n',
    )
    expect(job).toMatchObject({ status: 'completed', progress: 100, result: counts({ total: 1, created: 1 }) })
    expect(await workspace.records()).toMatchObject([
      {
        recordNumber: 'PAT-000001',
        full_name: 'Ana Ruiz',
        phone: '+61400000001',
        email: 'ana@example.com',
        date_of_birth: '1980-12-31',
        gender: 'female',
        tags: ['vip', 'new'],
      },
    ])
  })

  it('says in the history that an import did it', async () => {
    await workspace.import('Name\nAna\n')
    const [record] = await workspace.records()
    const history = await workspace.call<{ items: unknown[] }>('records.history', {
      object: 'patients',
      id: record!.id,
    })
    expect(history.items).toMatchObject([{ action: 'created', source: 'import', actor: { name: 'The owner' } }])
  })

  it('refuses single rows with the reason and imports the rest', async () => {
    const job = await workspace.import(
      'Name,E-mail,DOB\nAna,ana@example.com,1980-01-01\nBob,bob at home,2999-01-01\n,c@example.com,\nDan,d@example.com,,x\n',
    )
    expect(job.result).toEqual(counts({ total: 4, created: 1, refused: 3 }))
    expect(job.errors).toEqual([
      { line: 3, field: 'email', message: 'must be an e-mail address such as ana@example.com' },
      { line: 3, field: 'date_of_birth', message: expect.stringContaining('must not be after') },
      { line: 4, field: 'full_name', message: 'is required' },
      { line: 5, message: expect.stringContaining('The row has 4 cells, the header 3') },
    ])
    const csv = await workspace.refused(job.id)
    expect(csv.split('\r\n')[0]).toBe('\ufeffName,E-mail,DOB,Line,Reason'.slice(1))
    expect(csv).toContain(
      'Bob,bob at home,2999-01-01,3,E-mail: must be an e-mail address such as ana@example.com; Date of birth',
    )
  })

  it('counts values of unique fields that come twice, and those that are there already, as duplicates', async () => {
    await workspace.create('patients', { full_name: 'Old', national_id: 'x1' })
    const job = await workspace.import('Name,National ID\nAna,X1\nBob,X2\nCid,x2\nDan,\nEve,\n')
    expect(job.result).toEqual(counts({ total: 5, created: 3, duplicates: 2 }))
    expect(job.errors).toEqual([
      { line: 2, field: 'national_id', message: 'is already used by another of patients' },
      { line: 4, field: 'national_id', message: 'is the same as in line 3' },
    ])
  })

  it('tells how many may be the same as somebody who is there, or as another row', async () => {
    await workspace.create('patients', { full_name: 'Alma Reyes', email: 'alma@example.com' })
    const rows = 'Name,E-mail\nAlma R,alma@example.com\nBo,bo@example.com\nBo Lind,bo@example.com\nCy,cy@example.com\n'
    for (const dryRun of [true, false]) {
      const { result } = await workspace.import(rows, { dryRun })
      expect(result).toMatchObject({ created: 4, duplicates: 0, alike: 3 })
    }
  })

  it('gives the value of a refused row to the next row that has it', async () => {
    const job = await workspace.import(
      'Name,National ID,E-mail\nAna,X1,bad\nBob,X1,bob@example.com\nCid,X1,cid@example.com\n',
    )
    expect(job.result).toEqual(counts({ total: 3, created: 1, duplicates: 1, refused: 1 }))
    expect(await workspace.records()).toMatchObject([{ full_name: 'Bob' }])
  })

  it('skips people who are there already when told what tells them', async () => {
    await workspace.create('patients', { full_name: 'Old', email: 'ana@example.com' })
    const job = await workspace.import('Name,E-mail\nAna,ANA@example.com\nBob,bob@example.com\nBob,bob@example.com\n', {
      matchOn: 'email',
    })
    expect(job.result).toEqual(counts({ total: 3, created: 1, duplicates: 2 }))
    expect(job.errors[0]).toMatchObject({ line: 2, message: 'is already that of PAT-000001' })
  })

  it('reads corrected cells instead of those of the file', async () => {
    const job = await workspace.import('Name,E-mail\nAna,bad\n', {
      edits: [{ line: 2, column: 1, value: 'ana@example.com' }],
    })
    expect(job.result).toEqual(counts({ total: 1, created: 1 }))
    expect(await workspace.records()).toMatchObject([{ email: 'ana@example.com' }])
  })
})

describe('relations and people', () => {
  it('are found by number, e-mail or title', async () => {
    const ana = await workspace.create('doctors', { full_name: 'Ana Ruiz', email: 'ana@clinic.example' })
    const bob = await workspace.create('doctors', { full_name: 'Bob Élan' })
    const job = await workspace.import(
      'Name,Doctor,Contact person\na,doc-000001,owner@example.com\nb,ANA@clinic.example,The Agent\nc,bob elan,\nd,,\n',
    )
    expect(job.result).toEqual(counts({ total: 4, created: 4 }))
    expect(await workspace.records()).toMatchObject([
      { doctor: { id: ana.id, title: 'Ana Ruiz' }, contact: workspace.owner.userId },
      { doctor: { id: ana.id }, contact: workspace.agent.userId },
      { doctor: { id: bob.id }, contact: null },
      { doctor: null },
    ])
  })

  it('are refused where nobody or several are meant', async () => {
    await workspace.create('doctors', { full_name: 'Ana Ruiz' })
    await workspace.create('doctors', { full_name: 'ana ruiz' })
    const job = await workspace.import('Name,Doctor,Contact person\na,Ana Ruiz,\nb,Nobody,\nc,,Nobody\n')
    expect(job.errors).toEqual([
      {
        line: 2,
        field: 'doctor',
        message: '2 of doctors are called “Ana Ruiz”: write the record number or the e-mail address',
      },
      { line: 3, field: 'doctor', message: 'there is no doctor called “Nobody” that you may see' },
      { line: 4, field: 'contact', message: 'nobody in this workspace is called “Nobody”' },
    ])
  })
})

describe('updating', () => {
  it('changes what a row means and leaves the rest alone', async () => {
    await workspace.create('patients', { full_name: 'Ana', national_id: 'X1', notes: 'keep' })
    const job = await workspace.import('National ID,Name,E-mail,Notes\nx1,Ana Ruiz,ana@example.com,\nX2,Bob,,\n', {
      mode: 'update',
      matchOn: 'national_id',
    })
    expect(job.result).toEqual(counts({ total: 2, updated: 1, refused: 1 }))
    expect(job.errors).toMatchObject([{ line: 3, message: 'no record of patients has “x2”' }])
    expect(await workspace.records()).toMatchObject([
      { full_name: 'Ana Ruiz', email: 'ana@example.com', notes: 'keep', version: 2 },
    ])
  })

  it('creates what is missing as well, and tells what stayed the same', async () => {
    await workspace.create('patients', { full_name: 'Ana', phone: '+61400000001' })
    await workspace.create('patients', { full_name: 'Bob', phone: '+61400000002' })
    const job = await workspace.import(
      'Phone,Name\n0400 000 001,Ana\n0400 000 002,Robert\n0400 000 003,Cid\n0400 000 003,Cid again\n',
      { mode: 'upsert', matchOn: 'phone' },
    )
    expect(job.result).toEqual(counts({ total: 4, created: 1, updated: 1, unchanged: 1, duplicates: 1 }))
    expect((await workspace.records()).map((record) => record.full_name)).toEqual(['Ana', 'Robert', 'Cid'])
  })

  it('finds records by their number', async () => {
    await workspace.create('patients', { full_name: 'Ana' })
    const job = await workspace.import('Record number,Name\npat-000001,Ana Ruiz\n', {
      mode: 'update',
      matchOn: 'recordNumber',
    })
    expect(job.result).toEqual(counts({ total: 1, updated: 1 }))
  })
})

describe('a trial', () => {
  it('counts the same and writes nothing', async () => {
    await workspace.create('patients', { full_name: 'Old', national_id: 'ID-3', email: 'old@example.com' })
    const file = dirtyPeople(1_300)
    const settings = { mode: 'upsert', matchOn: 'national_id' }
    const trial = await workspace.import(file.content, { ...settings, dryRun: true })
    expect(await workspace.records()).toHaveLength(1)
    const real = await workspace.import(file.content, settings)
    const { dryRun, importId, undoable, refusedUrl, ...numbers } = trial.result
    expect(real.result).toMatchObject(numbers)
    expect(trial.result).toMatchObject({ dryRun: true, undoable: false, updated: 1 })
    expect(await workspace.refused(trial.id)).toBe(await workspace.refused(real.id))
    await expect(workspace.undo(importId)).rejects.toMatchObject({ status: 409 })
  })
})

describe('a dirty file of 10,000 rows', () => {
  it('gives exactly the good ones', { timeout: 120_000 }, async () => {
    const file = dirtyPeople(10_000)
    const preview = await workspace.send<{ format: object; columns: { field: string; dateOrder?: object }[] }>(
      'imports.preview',
      'patients',
      file.content,
    )
    expect(preview.format).toMatchObject({ delimiter: ';', encoding: 'windows-1252' })
    expect(preview.columns.map((column) => column.field)).toEqual([
      'full_name',
      'date_of_birth',
      'phone',
      'email',
      'gender',
      'national_id',
      'notes',
    ])
    expect(preview.columns[1]!.dateOrder).toEqual({ order: 'DMY', source: 'content' })
    const job = await workspace.import(file.content)
    expect(job.result).toEqual(
      counts({ total: 10_000, created: file.good, duplicates: file.duplicates, refused: file.refused }),
    )
    expect(job.errors).toHaveLength(100)
    expect((await workspace.refused(job.id)).split(/\r\n(?=[^\n])/).length).toBeGreaterThan(file.refused)
    const found = await workspace.call<{ count: number }>('records.count', {
      object: 'patients',
      filter: { field: 'full_name', op: 'contains', value: 'Peña' },
    })
    expect(found.count).toBeGreaterThan(500)
  })
})

describe('undo', () => {
  it('takes back what was made and restores what was changed, but not what was changed since', async () => {
    const doctor = await workspace.create('doctors', { full_name: 'Dr Who' })
    const changed = await workspace.create('patients', {
      full_name: 'Ana',
      national_id: 'X1',
      balance: { amount: '12.50', currency: 'AUD' },
      tags: ['a'],
    })
    const touched = await workspace.create('patients', { full_name: 'Bob', national_id: 'X2' })
    const before = await workspace.call<object>('records.get', { object: 'patients', id: changed.id })
    const job = await workspace.import(
      'National ID,Name,Balance,Tags,Doctor,E-mail\nX1,Anna,$99,b,Dr Who,anna@example.com\nX2,Robert,,,,\nX3,Cid,,,,\nX4,Dan,,,,\n',
      { mode: 'upsert', matchOn: 'national_id' },
    )
    expect(job.result).toEqual(counts({ total: 4, created: 2, updated: 2 }))
    const dan = (await workspace.records()).find((record) => record.full_name === 'Dan')!
    await workspace.call('records.update', { object: 'patients', id: touched.id, data: { full_name: 'Bobby' } })
    await workspace.call('records.update', { object: 'patients', id: dan.id, data: { full_name: 'Daniel' } })
    const undone = await workspace.undo(job.result.importId)
    expect(undone).toMatchObject({ status: 'completed', result: { total: 4, deleted: 1, restored: 1, kept: 2 } })
    expect(undone.errors.map(({ message }) => message)).toEqual([
      'PAT-000002 has been changed since and stays as it is',
      'PAT-000004 has been changed since and stays as it is',
    ])
    const { version, updatedAt, updatedBy, ...same } = before as Record<string, unknown>
    expect(await workspace.call('records.get', { object: 'patients', id: changed.id })).toMatchObject(same)
    expect((await workspace.records()).map((record) => record.full_name)).toEqual(['Ana', 'Bobby', 'Daniel'])
    expect(doctor.id).toBeDefined()
  })

  it('happens once', async () => {
    const job = await workspace.import('Name\nAna\n')
    await workspace.undo(job.result.importId)
    await expect(workspace.undo(job.result.importId)).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining('already'),
    })
    expect(await workspace.records()).toEqual([])
    const imports = await workspace.call<{ status: string }[]>('imports.list', {})
    expect(imports).toMatchObject([
      { status: 'undone', fileName: 'people.csv', object: 'patients', createdBy: { name: 'The owner' } },
    ])
  })

  it('frees unique values for the next import', async () => {
    const first = await workspace.import('Name,National ID\nAna,X1\n')
    await workspace.undo(first.result.importId)
    const second = await workspace.import('Name,National ID\nAna,X1\n')
    expect(second.result).toEqual(counts({ total: 1, created: 1 }))
  })
})

describe('preview', () => {
  it('shows the problems of each cell and takes other mappings of the same upload', async () => {
    const file = 'Name,Reach,DOB\nAna,bad,31/12/1980\nBob,0400 000 002,31/31/1980\n'
    const first = await workspace.send<{ uploadId: string; columns: { field: string | null }[] }>(
      'imports.preview',
      'patients',
      file,
    )
    expect(first.columns.map((column) => column.field)).toEqual(['full_name', null, 'date_of_birth'])
    const mapping = { 0: 'full_name', 1: 'phone', 2: 'date_of_birth' }
    const second = await workspace.sendSettings<object>('imports.preview', 'patients', {
      uploadId: first.uploadId,
      mapping,
    })
    expect(second).toMatchObject({
      rowCount: 2,
      fileName: 'people.csv',
      problems: [],
      summary: { checked: 2, withErrors: 2 },
      rows: [
        {
          line: 2,
          errors: [{ column: 1, field: 'phone', message: expect.stringContaining('(Australia)') }],
        },
        { line: 3, errors: [{ column: 2, field: 'date_of_birth', message: 'must be a date such as 2026-04-30' }] },
      ],
    })
    const { jobId } = await workspace.sendSettings<{ jobId: string }>('imports.start', 'patients', {
      uploadId: first.uploadId,
      mapping: { 0: 'full_name' },
    })
    expect((await workspace.ended(jobId)).result).toEqual(counts({ total: 2, created: 2 }))
  })

  it('says which required field has no column', async () => {
    const preview = await workspace.send<object>('imports.preview', 'patients', 'E-mail\na@example.com\n')
    expect(preview).toMatchObject({
      problems: [{ field: 'full_name', message: '“Full name” is required: choose the column that holds it' }],
    })
    await expect(workspace.send('imports.start', 'patients', 'E-mail\na@example.com\n')).rejects.toMatchObject({
      status: 400,
    })
  })
})

describe('what is refused at once', () => {
  it.each([
    ['a mode without a match', { mode: 'update' }, /say which field/],
    ['a match without a column', { mode: 'update', matchOn: 'phone' }, /no column is mapped/],
    ['a match on what is not unique', { mode: 'update', matchOn: 'full_name' }, /neither unique/],
    ['an unknown setting', { colour: 'red' }, /[Uu]nrecognized/],
    ['an unknown field', { mapping: { 0: 'nothing' } }, /“nothing” is not a field/],
  ])('%s', async (_what, settings, message) => {
    const error = await problem(workspace.send('imports.start', 'patients', 'Name,National ID\nAna,X1\n', settings))
    expect(error).toMatchObject({ status: 400, message: expect.stringMatching(message) })
  })

  it('another form of body', async () => {
    const request = new Request('http://localhost/', {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'image/png' },
    })
    const error = await problem(workspace.call('imports.start', { object: 'patients' }, { request }))
    expect(error).toMatchObject({ status: 415, message: expect.stringContaining('multipart/form-data') })
  })

  it('takes text/csv with settings in the address', async () => {
    const request = new Request('http://localhost/x?mode=create&fileName=old.csv', {
      method: 'POST',
      body: 'Name\nAna\n',
      headers: { 'content-type': 'text/csv' },
    })
    const { jobId } = await workspace.call<{ jobId: string }>('imports.start', { object: 'patients' }, { request })
    expect((await workspace.ended(jobId)).result).toEqual(counts({ total: 1, created: 1 }))
  })
})

describe('access', () => {
  it('needs the right to import', async () => {
    const error = await problem(workspace.send('imports.start', 'patients', 'Name\nAna\n', {}, workspace.reader))
    expect(error).toMatchObject({ status: 403 })
  })

  it('writes only fields that the role may write, and reads only what it may see', async () => {
    await workspace.create('patients', { full_name: 'Hidden', email: 'hidden@example.com' })
    await workspace.create('doctors', { full_name: 'Hidden doctor' })
    const preview = await workspace.send<{ columns: { field: string | null }[] }>(
      'imports.preview',
      'patients',
      'Name,Balance,Notes\nAna,1,x\n',
      {},
      workspace.agent,
    )
    expect(preview.columns.map((column) => column.field)).toEqual(['full_name', null, null])
    const { jobId } = await workspace.send<{ jobId: string }>(
      'imports.start',
      'patients',
      'Name,E-mail,Doctor\nAna,hidden@example.com,\nBob,bob@example.com,Hidden doctor\n',
      { mode: 'upsert', matchOn: 'email' },
      workspace.agent,
    )
    const job = await workspace.ended(jobId)
    expect(job.result).toEqual(counts({ total: 2, created: 1, refused: 1 }))
    expect(job.errors).toMatchObject([
      { line: 3, message: 'there is no doctor called “Hidden doctor” that you may see' },
    ])
    expect((await workspace.records()).map((record) => record.full_name)).toEqual(['Hidden', 'Ana'])
  })

  it('keeps uploads, jobs and imports to those who made them', async () => {
    const { uploadId } = await workspace.send<{ uploadId: string }>('imports.preview', 'patients', 'Name\nAna\n')
    const stolen = await problem(workspace.sendSettings('imports.start', 'patients', { uploadId }, workspace.agent))
    expect(stolen).toMatchObject({ status: 404 })
    const job = await workspace.import('Name\nAna\n')
    for (const [name, id] of [
      ['jobs.get', job.id],
      ['imports.refused', job.id],
      ['imports.undo', job.result.importId],
    ] as const) {
      expect(await problem(workspace.call(name, { id }, { as: workspace.agent }))).toMatchObject({ status: 404 })
    }
    expect(await workspace.call('imports.list', {}, { as: workspace.agent })).toEqual([])
  })
})

/** A preview says of each row what the import of the same file then makes of it, and why. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestWorkspace } from './imports.fixture.ts'

let workspace: TestWorkspace

beforeAll(async () => {
  workspace = await TestWorkspace.open()
})
afterAll(() => workspace.close())

interface Preview {
  uploadId: string
  rows: { line: number; outcome: string; errors: { column: number; field: string; message: string }[] }[]
  summary: { withErrors: number }
}

const header = 'Name,Code,Amount,Stage,Reason,Done,Doctor'
const mapping = {
  0: 'name',
  1: 'code',
  2: 'amount',
  3: 'stage',
  4: 'stageMoves.main.reason',
  5: 'stageMoves.main.done',
  6: 'doctor',
}

const mostly = (usual: string, ...others: string[]) => fc.constantFrom(usual, usual, usual, ...others)
const row = fc.tuple(
  mostly('Roof', ''),
  fc.constantFrom('', 'a', 'b', 'c', 'd'),
  mostly('$12', '', 'twelve'),
  fc.constantFrom('', 'new', 'offer', 'won', 'lost', 'gone'),
  mostly('', 'price', 'weather'),
  mostly('', 'called', 'sung'),
  mostly('', 'Dr Who', 'Nobody'),
)

/** Records that rows may mean, in stages from which not every other one follows. */
async function begin(): Promise<void> {
  await workspace.clear()
  await workspace.create('doctors', { full_name: 'Dr Who' })
  await workspace.create('deals', { name: 'Roof', code: 'a' })
  await workspace.create('deals', { name: 'Door', code: 'b', stage: 'offer', amount: { amount: '5', currency: 'AUD' } })
  await workspace.create('deals', { name: 'Wall', code: 'c', stage: 'won' })
}

const preview = (content: string, settings: object = {}) =>
  workspace.send<Preview>('imports.preview', 'deals', content, { mapping, ...settings })

describe('a preview', () => {
  it('refuses what the import refuses, for the same reasons', { timeout: 120_000 }, async () => {
    const mode = fc.constantFrom('create', 'update', 'upsert')
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), mode, async (rows, mode) => {
        await begin()
        const settings = { mode, matchOn: 'code' }
        const { uploadId, rows: seen } = await preview(
          [header, ...rows.map((cells) => cells.join())].join('\n'),
          settings,
        )
        const { jobId } = await workspace.sendSettings<{ jobId: string }>('imports.start', 'deals', {
          uploadId,
          mapping,
          ...settings,
        })
        const { result, errors } = await workspace.ended(jobId)
        const said = (kind: string) => seen.filter(({ outcome }) => outcome === kind).length
        expect({
          created: said('created'),
          updated: said('updated'),
          unchanged: said('unchanged'),
          duplicates: said('duplicate'),
          refused: said('refused'),
        }).toEqual({
          created: result.created,
          updated: result.updated,
          unchanged: result.unchanged,
          duplicates: result.duplicates,
          refused: result.refused,
        })
        const reasons = seen.flatMap(({ line, errors }) =>
          errors.map(({ field, message }) => ({ line, field, message })),
        )
        expect(reasons).toEqual(errors.map(({ line, field = '', message }) => ({ line, field, message })))
      }),
      { numRuns: 25 },
    )
  })

  it('shows at the column what a stage asks for, and writes nothing', async () => {
    await begin()
    const lines = ['Roof,x,,lost,,,', 'Roof,y,,offer,,,', 'Wall,a,,won,,,', 'Roof,a,,lost,price,,']
    const { rows, summary } = await preview([header, ...lines].join('\n'), { mode: 'upsert', matchOn: 'code' })
    expect(rows.map(({ outcome, errors }) => ({ outcome, errors }))).toEqual([
      { outcome: 'refused', errors: [{ column: 4, field: 'stageMoves.main.reason', message: expect.any(String) }] },
      { outcome: 'refused', errors: [{ column: 2, field: 'amount', message: 'is required to enter “offer”' }] },
      {
        outcome: 'refused',
        errors: [{ column: 3, field: 'stage', message: expect.stringContaining('cannot go from') }],
      },
      { outcome: 'updated', errors: [] },
    ])
    expect(summary).toEqual({ checked: 4, withErrors: 3 })
    expect((await workspace.records('deals')).map(({ stage }) => stage)).toEqual(['new', 'offer', 'won'])
  })

  it('says what no column of the file brings', async () => {
    await begin()
    const { rows } = await preview('Name,Stage\nRoof,offer\n', { mapping: { 0: 'name', 1: 'stage' } })
    expect(rows).toMatchObject([{ outcome: 'refused', errors: [{ column: -1, field: 'amount' }] }])
  })
})

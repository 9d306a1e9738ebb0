import { describe, expect, it } from 'vitest'
import { moved, newHeading, type Part, partsOf, rowsOf } from './rows.ts'

const parts: Part[] = [
  { key: 'main', labels: null, items: ['notes'] },
  { key: 'care', labels: { en: 'Care' }, icon: 'heart', items: ['patients', 'doctors'] },
  { key: 'money', labels: { en: 'Money' }, items: ['invoices'] },
]
const names = (rows: ReturnType<typeof rowsOf>) =>
  rows.map((row) => (row.kind === 'heading' ? `# ${row.key}` : row.name))

describe('rows', () => {
  it('are headings with what is under them, and become the same parts again', () => {
    const rows = rowsOf(parts)
    expect(names(rows)).toEqual(['notes', '# care', 'patients', 'doctors', '# money', 'invoices'])
    expect(partsOf(rows)).toEqual(parts)
  })

  it('put what stands under a nameless heading under the one before', () => {
    const rows = rowsOf(parts)
    const nameless = newHeading(rows)
    expect(nameless.key).toBe('group')
    rows.splice(3, 0, nameless)
    expect(partsOf(rows)[1]!.items).toEqual(['patients', 'doctors'])
  })

  it('move one by one, a heading with all that is under it', () => {
    const rows = rowsOf(parts)
    const [notes, care, patients, doctors, money, invoices] = rows
    const itemUp = [notes!, care!, patients!, money!, invoices!, doctors!]
    expect(moved(rows, itemUp, doctors!.id)).toBe(itemUp)
    const headingUp = [notes!, money!, care!, patients!, doctors!, invoices!]
    expect(names(moved(rows, headingUp, money!.id))).toEqual([
      'notes',
      '# money',
      'invoices',
      '# care',
      'patients',
      'doctors',
    ])
  })
})

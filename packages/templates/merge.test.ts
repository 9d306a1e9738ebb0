/** What an upgrade must never do: lose a change of the workspace, or bring in what nobody asked for. */
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Json, merge, nameOf } from './merge.ts'

const word = fc.constantFrom('red', 'green', 'blue', 'phone', 'label', 'name')
const leaf = fc.oneof(fc.boolean(), fc.integer({ min: 0, max: 3 }), word)
const text = fc.dictionary(fc.constantFrom('en', 'es', 'fr'), word, { maxKeys: 3 })
const option = fc.record({ value: word, label: text })
const options = fc.uniqueArray(option, { selector: ({ value }) => value, maxLength: 4 })
const field = fc.record(
  {
    key: fc.constantFrom('phone', 'email', 'status', 'notes', 'owner', 'fax'),
    type: fc.constantFrom('text', 'select'),
    label: text,
    options,
    unique: fc.boolean(),
    default: leaf,
    filter: fc.record({ field: word, value: leaf }),
  },
  { requiredKeys: ['key', 'type', 'label'] },
)
const fields = fc.uniqueArray(field, { selector: ({ key }) => key, maxLength: 5 })
const object = fc.record({ slug: fc.constantFrom('patients', 'doctors', 'deals'), label: text, fields })
const shape = fc.record({
  currency: word,
  objects: fc.uniqueArray(object, { selector: ({ slug }) => slug, maxLength: 3 }),
}) as unknown as fc.Arbitrary<Json>
const runs = { numRuns: 2_000 }

/** The value at a path of names; what is missing is undefined. */
function at(value: Json | undefined, path: string[]): Json | undefined {
  return path.reduce<Json | undefined>((inside, name) => {
    if (Array.isArray(inside)) return inside.find((item) => nameOf(item) === name)
    return typeof inside === 'object' && inside !== null && Object.hasOwn(inside, name) ? inside[name] : undefined
  }, value)
}

/** Paths of all parts of a value, wholes and leaves. */
function pathsOf(value: Json | undefined, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  const parts = Array.isArray(value) ? value.map((item) => [nameOf(item)!, item] as const) : Object.entries(value)
  return [path, ...parts.flatMap(([name, part]) => pathsOf(part, [...path, name]))]
}

describe('a merge', () => {
  it('keeps every change of the workspace', () => {
    fc.assert(
      fc.property(shape, shape, shape, (base, mine, theirs) => {
        const { value } = merge(base, mine, theirs)
        for (const path of [...pathsOf(mine), ...pathsOf(base)]) {
          const [before, now] = [at(base, path), at(mine, path)]
          const isLeaf = typeof now !== 'object' || now === null
          if (isLeaf && !isDeepStrictEqual(before, now)) expect(at(value, path), path.join('.')).toEqual(now)
        }
      }),
      runs,
    )
  })

  it('of what nobody changed gives the new version, and of what the template left alone the workspace', () => {
    fc.assert(
      fc.property(shape, shape, (base, other) => {
        expect(merge(base, base, other)).toEqual({ value: other, conflicts: [] })
        expect(merge(base, other, base)).toEqual({ value: other, conflicts: [] })
      }),
      runs,
    )
  })

  it('done twice is the same as done once', () => {
    fc.assert(
      fc.property(shape, shape, shape, (base, mine, theirs) => {
        const { value } = merge(base, mine, theirs)
        expect(merge(theirs, value, theirs)).toEqual({ value, conflicts: [] })
      }),
      runs,
    )
  })

  it('brings in everything that only the template has', () => {
    fc.assert(
      fc.property(shape, shape, shape, (base, mine, theirs) => {
        const { value } = merge(base, mine, theirs)
        const slugs = (of: Json) => (at(of, ['objects']) as Json[]).map((item) => nameOf(item)!)
        const fresh = slugs(theirs).filter((slug) => !slugs(base).includes(slug))
        expect(slugs(value)).toEqual(expect.arrayContaining(fresh))
      }),
      runs,
    )
  })

  it('takes the template’s side of a conflict where that is decided, and only there', () => {
    fc.assert(
      fc.property(shape, shape, shape, (base, mine, theirs) => {
        const { conflicts } = merge(base, mine, theirs)
        const decisions = Object.fromEntries(conflicts.map(({ id }) => [id, 'theirs' as const]))
        const { value } = merge(base, mine, theirs, decisions)
        for (const conflict of conflicts) expect(at(value, conflict.path)).toEqual(conflict.theirs)
      }),
      runs,
    )
  })
})

describe('conflicts', () => {
  const patients = (phone: Json): Json => ({ objects: [{ slug: 'patients', fields: [phone] }] })
  const phone = (more: object = {}): Json => ({ key: 'phone', type: 'text', label: { en: 'Phone' }, ...more })

  it('are what both changed otherwise, with the three values', () => {
    const sides = [phone(), phone({ label: { en: 'Mobile' } }), phone({ label: { en: 'Telephone' }, unique: true })]
    const { value, conflicts } = merge(patients(sides[0]!), patients(sides[1]!), patients(sides[2]!))
    expect(conflicts).toEqual([
      {
        id: 'objects.patients.fields.phone.label.en',
        path: ['objects', 'patients', 'fields', 'phone', 'label', 'en'],
        base: 'Phone',
        mine: 'Mobile',
        theirs: 'Telephone',
        decision: 'mine',
      },
    ])
    expect(value).toEqual(patients(phone({ label: { en: 'Mobile' }, unique: true })))
  })

  it('are whole things where these are of different types, or of the same name by chance', () => {
    const asSelect = phone({ type: 'select', options: [{ value: 'none', label: { en: 'None' } }] })
    const { conflicts } = merge(patients(phone()), patients(phone({ unique: true })), patients(asSelect))
    expect(conflicts.map(({ id }) => id)).toEqual(['objects.patients.fields.phone'])
    const nothing: Json = { objects: [{ slug: 'patients', fields: [] }] }
    const chance = merge(nothing, patients(phone()), patients(phone({ unique: true })))
    expect(chance.conflicts.map(({ id }) => id)).toEqual(['objects.patients.fields.phone'])
  })

  it('are none where the workspace deleted: that stays so', () => {
    const gone: Json = { objects: [{ slug: 'patients', fields: [] }] }
    expect(merge(patients(phone()), gone, patients(phone({ unique: true })))).toEqual({ value: gone, conflicts: [] })
  })
})

import type { FieldMeta, ImportPreview, ObjectMeta } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { draftOf, editCell, importInput, mapColumn, matchCandidates, obstacle, withMode } from './importDraft.ts'

function field(key: string, more: Partial<FieldMeta> = {}): FieldMeta {
  return { key, label: key, type: 'text', access: 'write', unique: false, default: null, ...more } as FieldMeta
}

const object = {
  fields: [
    field('full_name', { required: true }),
    field('status', { required: true, default: 'new' }),
    field('email', { type: 'email' }),
    field('passport', { unique: true }),
    field('age', { type: 'formula' }),
  ],
} as ObjectMeta

function preview(...fields: [string | null, number][]): ImportPreview {
  const columns = fields.map(([key, confidence], index) => ({
    index,
    name: `Column ${index}`,
    samples: [],
    field: key,
    confidence,
    reason: null,
  }))
  return { uploadId: 'u', format: { kind: 'csv', headerRow: true }, columns } as unknown as ImportPreview
}

const draft = draftOf(preview(['full_name', 1], ['email', 0.5], ['email', 0.9], [null, 0]))

describe('mapping columns', () => {
  it('gives a field to the surest column', () => {
    expect(draft.mapping).toEqual({ 0: 'full_name', 1: null, 2: 'email', 3: null })
  })

  it('takes a field from one column when another gets it', () => {
    expect(mapColumn(draft, 3, 'full_name').mapping).toEqual({ 0: null, 1: null, 2: 'email', 3: 'full_name' })
    expect(mapColumn(draft, 2, null).mapping[2]).toBeNull()
  })
})

describe('recognising records', () => {
  it('offers the record number, then unique fields, then addresses', () => {
    const mapped = mapColumn(mapColumn(draft, 1, 'passport'), 3, 'recordNumber')
    expect(matchCandidates(mapped, object)).toEqual(['recordNumber', 'passport', 'email'])
  })

  it('proposes one, and drops it when its column goes', () => {
    const upsert = withMode(draft, 'upsert', matchCandidates(draft, object))
    expect(upsert.matchOn).toBe('email')
    expect(withMode(upsert, 'create').matchOn).toBeNull()
  })
})

describe('what stands in the way', () => {
  it('names required fields without a column or default', () => {
    expect(obstacle(draft, object)).toBeNull()
    expect(obstacle(mapColumn(draft, 0, null), object)?.fields.map(({ key }) => key)).toEqual(['full_name'])
    expect(obstacle(draftOf(preview([null, 0])), object)?.kind).toBe('nothing')
    expect(obstacle({ ...draft, mode: 'update', matchOn: null }, object)?.kind).toBe('match')
  })
})

describe('importInput', () => {
  it('sends edits by line and column', () => {
    expect(importInput(editCell(draft, 12, 2, 'a@b.co'), true)).toEqual({
      uploadId: 'u',
      mapping: draft.mapping,
      mode: 'create',
      dateOrder: 'auto',
      decimalMark: 'auto',
      edits: [{ line: 12, column: 2, value: 'a@b.co' }],
      dryRun: true,
    })
  })
})

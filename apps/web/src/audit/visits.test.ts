import type { LogEntry } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { visitsOf } from './visits.ts'

function entry(minute: number, operation: string, part: Partial<LogEntry> = {}): LogEntry {
  return {
    id: `${minute} ${operation}`,
    at: new Date(Date.UTC(2026, 10, 21, 8, minute)).toISOString(),
    actor: { id: 'ana', name: 'Ana' },
    actorKind: 'user',
    actedBy: null,
    account: null,
    viewedAs: null,
    keyId: null,
    kind: 'query',
    operation,
    summary: operation,
    object: { slug: 'patients', label: 'Patients' },
    recordIds: [],
    recordCount: 1,
    outcome: 'done',
    errorCode: null,
    durationMs: 1,
    ip: '203.0.113.7',
    userAgent: null,
    requestId: 'r',
    source: 'page',
    ...part,
  }
}

describe('visits to a record', () => {
  it('join what one person did without a longer break', () => {
    const [visit, earlier] = visitsOf([
      entry(12, 'records.links'),
      entry(10, 'records.history'),
      entry(10, 'records.links'),
      entry(9, 'records.get'),
      entry(1, 'records.get'),
    ])
    expect(visit).toMatchObject({ count: 4, last: { id: '12 records.links' }, first: { id: '9 records.get' } })
    expect(visit?.operations.map(({ operation }) => operation)).toEqual([
      'records.get',
      'records.links',
      'records.history',
    ])
    expect(earlier?.count).toBe(1)
  })

  it('keep persons, eyes, keys and places apart', () => {
    const others: Partial<LogEntry>[] = [
      { actor: { id: 'ben', name: 'Ben' } },
      { viewedAs: { id: 'cleo', name: 'Cleo' } },
      { keyId: 'key' },
      { ip: '198.51.100.4' },
    ]
    for (const other of others) {
      expect(visitsOf([entry(2, 'records.get'), entry(1, 'records.get', other)])).toHaveLength(2)
    }
  })

  it('tell what was refused among it', () => {
    const refused = entry(1, 'records.update', { outcome: 'failed', errorCode: 'CONFLICT' })
    expect(visitsOf([entry(2, 'records.get'), refused])[0]?.failures).toEqual([refused])
  })
})

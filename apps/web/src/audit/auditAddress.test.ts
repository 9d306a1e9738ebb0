import { describe, expect, it } from 'vitest'
import { readLogFilter, readSearch, writeLogFilter } from './auditAddress.ts'

describe('the address of the audit log', () => {
  it('holds the filters under the names of the API', () => {
    const params = writeLogFilter(new URLSearchParams(), { operation: 'records.get,records.list', from: '2026-11-01' })
    expect(params.toString()).toBe('operation=records.get%2Crecords.list&from=2026-11-01')
    expect(readLogFilter(params)).toEqual({ operation: 'records.get,records.list', from: '2026-11-01' })
  })

  it('forgets what is taken away, and leaves the rest', () => {
    const params = writeLogFilter(new URLSearchParams('user=1&outcome=failed'), { user: undefined })
    expect(readLogFilter(params)).toEqual({ outcome: 'failed' })
  })

  it('leaves out what the server would refuse', () => {
    expect(readLogFilter(new URLSearchParams('outcome=perhaps&colour=red&object='))).toEqual({})
  })
})

describe('the search', () => {
  const record = '0199f0aa-1b2c-7d3e-8f40-5a6b7c8d9e0f'

  it('finds a record by its id and by a link to it', () => {
    expect(readSearch(` ${record.toUpperCase()} `)).toEqual({ record, requestId: undefined })
    expect(readSearch(`https://crm.example.com/o/patients/${record}?from=list`)).toEqual({
      record,
      requestId: undefined,
    })
  })

  it('takes anything else for the id of a request', () => {
    const random = '3f2b8a54-9c1d-4e6f-8a7b-1c2d3e4f5a6b'
    expect(readSearch(random)).toEqual({ record: undefined, requestId: random })
    expect(readSearch('nightly-import:7')).toEqual({ record: undefined, requestId: 'nightly-import:7' })
    expect(readSearch('  ')).toEqual({ record: undefined, requestId: undefined })
  })
})

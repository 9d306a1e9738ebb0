import { describe, expect, it } from 'vitest'
import { typesFrom } from './conversion.ts'

describe('the types that a field may be given', () => {
  it('are whatever can be read out of words', () => {
    expect(typesFrom('text')).toEqual(
      expect.arrayContaining(['number', 'date', 'select', 'email', 'boolean', 'longtext']),
    )
    expect(typesFrom('text')).not.toContain('text')
    expect(typesFrom('text')).not.toContain('user')
  })

  it('stay in the family for all others, which can become words', () => {
    expect(typesFrom('integer')).toEqual(expect.arrayContaining(['text', 'number', 'money']))
    expect(typesFrom('integer')).not.toContain('date')
    expect(typesFrom('datetime')).toEqual(['text', 'longtext', 'richtext', 'date'])
    expect(typesFrom('boolean')).toEqual(['text', 'longtext', 'richtext', 'select'])
  })

  it('are none for what is computed or leads to others', () => {
    for (const type of ['formula', 'relation', 'file', 'autonumber'] as const) expect(typesFrom(type)).toEqual([])
  })
})

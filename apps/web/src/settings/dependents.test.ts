import { describe, expect, it } from 'vitest'
import { type Dependent, groupsOf } from './dependents.ts'

const mention = (part: Partial<Dependent>): Dependent => ({
  kind: 'view',
  object: 'bikes',
  key: 'mine',
  label: 'Mine',
  where: 'columns',
  message: '',
  mend: 'takenOut',
  ...part,
})

describe('what names a thing', () => {
  it('is told once, with all its parts', () => {
    const [views, workflows] = groupsOf([
      mention({}),
      mention({ where: 'sort' }),
      mention({ kind: 'workflow', object: null, key: 'thank', label: 'Thank', where: '' }),
      mention({ where: 'filter.and', mend: 'withoutValue' }),
      mention({ kind: 'workflow', object: null, key: 'thank', label: 'Thank', where: 'actions.title.en' }),
    ])
    expect(views).toEqual([
      'view',
      [expect.objectContaining({ parts: ['columns', 'sort', 'filter'], mends: ['takenOut', 'withoutValue'] })],
    ])
    expect(workflows).toEqual(['workflow', [expect.objectContaining({ label: 'Thank', to: undefined })]])
  })

  it('keeps apart what only shares a name', () => {
    expect(groupsOf([mention({}), mention({ object: 'repairs' })])[0]?.[1]).toHaveLength(2)
  })
})

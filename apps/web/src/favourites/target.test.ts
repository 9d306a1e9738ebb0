import { describe, expect, it } from 'vitest'
import { targetOf } from './target.ts'

const id = '0190b6f2-0000-7000-8000-000000000001'
const views = [{ id: 'v1', key: 'mine' }]
const at = (pathname: string, search = '') => targetOf({ pathname, search }, views, 'Patients · OneForge')

describe('what an address shows', () => {
  it('is a record, a view or a page', () => {
    expect(at(`/o/patients/${id}`, '?from=list')).toEqual({ object: 'patients', recordId: id })
    expect(at('/o/patients', '?view=mine&sort=name')).toEqual({ object: 'patients', viewId: 'v1' })
    expect(at('/o/patients', '?view=gone')).toEqual({ page: '/o/patients', label: 'Patients' })
    expect(at(`/o/patients/${id}/graph`)).toEqual({ page: `/o/patients/${id}/graph`, label: 'Patients' })
    expect(at('/settings/objects')).toEqual({ page: '/settings/objects', label: 'Patients' })
  })
})

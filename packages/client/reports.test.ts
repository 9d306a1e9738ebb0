import { describe, expectTypeOf, it } from 'vitest'
import type * as api from './generated.ts'
import type * as hand from './reports-types.ts'

/** Checked by the compiler: what the server documents must be what the page reads. */
describe('the types of dashboards written by hand take what the server sends', () => {
  it('for dashboards', () => {
    expectTypeOf<api.DashboardSummary>().toExtend<hand.DashboardSummary>()
    expectTypeOf<api.DashboardDifference>().toExtend<hand.DashboardDifference>()
    expectTypeOf<Omit<api.DashboardSchedule, 'filters'>>().toExtend<Omit<hand.DashboardSchedule, 'filters'>>()
    expectTypeOf<Omit<api.DashboardFigures, 'widgets'>>().toExtend<Omit<hand.DashboardFigures, 'widgets'>>()
  })

  it('for what widgets are drawn from', () => {
    expectTypeOf<api.MetricData>().toExtend<hand.MetricData>()
    expectTypeOf<api.GoalData>().toExtend<hand.GoalData>()
    expectTypeOf<api.CalendarData>().toExtend<hand.CalendarData>()
    expectTypeOf<Omit<api.TasksData, 'records' | 'filters'>>().toExtend<Omit<hand.TasksData, 'records' | 'filters'>>()
    expectTypeOf<Omit<api.RecentData, 'records'>>().toExtend<Omit<hand.RecentData, 'records'>>()
  })
})

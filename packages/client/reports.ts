import type { Http } from './http.ts'
import { ifMatch } from './if-match.ts'
import type {
  Dashboard,
  DashboardDifference,
  DashboardFigures,
  DashboardInput,
  DashboardSchedule,
  DashboardSummary,
  FiguresInput,
  ScheduleInput,
  Widget,
} from './reports-types.ts'
import type { TextInput } from './text-types.ts'

interface Abortable {
  signal?: AbortSignal | undefined
}

/** Dashboards: boards of widgets, the figures in them, and their way out as files and by mail. */
export function dashboardMethods({ request, file }: Http) {
  const path = (id: string) => `/dashboards/${id}`
  const schedules = (id: string) => `${path(id)}/schedules`
  return {
    list: ({ signal }: Abortable = {}) => request<DashboardSummary[]>('GET', '/dashboards', { signal }),
    get: (id: string, { signal }: Abortable = {}) => request<Dashboard>('GET', path(id), { signal }),
    create: (input: DashboardInput) => request<Dashboard>('POST', '/dashboards', { body: input }),
    update: (id: string, change: Partial<DashboardInput>, version?: number) =>
      request<Dashboard>('PATCH', path(id), { body: change, headers: ifMatch(version) }),
    remove: (id: string, version?: number) => request<void>('DELETE', path(id), { headers: ifMatch(version) }),
    /** What was changed of one that came with a template. */
    difference: (id: string, { signal }: Abortable = {}) =>
      request<DashboardDifference>('GET', `${path(id)}/difference`, { signal }),
    /** Back to what the template brought. */
    reset: (id: string, version?: number) =>
      request<Dashboard>('POST', `${path(id)}/reset`, { headers: ifMatch(version) }),
    duplicate: (id: string, input: { label?: TextInput; visibility?: 'private' | 'everyone' } = {}) =>
      request<Dashboard>('POST', `${path(id)}/duplicate`, { body: input }),
    order: (ids: string[]) => request<DashboardSummary[]>('PUT', '/dashboards/order', { body: { ids } }),

    /** What the widgets of a board show, each with its data or its own problem. */
    figures: (id: string, input: FiguresInput & { widgets?: string[] } = {}, { signal }: Abortable = {}) =>
      request<DashboardFigures>('POST', `${path(id)}/figures`, { body: input, signal }),
    /** The same for widgets that nobody has saved yet. */
    preview: (input: FiguresInput & { widgets: Widget<TextInput>[] }, { signal }: Abortable = {}) =>
      request<DashboardFigures>('POST', '/dashboards/preview', { body: input, signal }),
    /** Whether figures may have changed: differs from the stamp that came with them. */
    stamp: (id: string, { signal }: Abortable = {}) =>
      request<{ stamp: string }>('GET', `${path(id)}/stamp`, { signal }),

    export: (id: string, input: FiguresInput & { format: 'pdf' | 'png' }) =>
      file('POST', `${path(id)}/export`, { body: input }),

    schedules: (id: string, { signal }: Abortable = {}) =>
      request<DashboardSchedule[]>('GET', schedules(id), { signal }),
    plan: (id: string, input: ScheduleInput) => request<DashboardSchedule>('POST', schedules(id), { body: input }),
    changePlan: (id: string, scheduleId: string, change: Partial<ScheduleInput>) =>
      request<DashboardSchedule>('PATCH', `${schedules(id)}/${scheduleId}`, { body: change }),
    removePlan: (id: string, scheduleId: string) => request<void>('DELETE', `${schedules(id)}/${scheduleId}`),
  }
}

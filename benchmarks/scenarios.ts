/** What is measured, as each of the two servers is asked for it. */
import type { Call } from './load.ts'
import { contact, departmentsOf } from './people.ts'
import { wayToCountry } from './related.ts'

export interface Scenario {
  name: string
  /** Least share of the floor's throughput; none where only the figure is of interest. */
  least?: number
  /** Whether its p95 at a million records must stay within three times that at 10,000. */
  scales?: boolean
  /** The object whose ids it gets; contacts unless said. */
  of?: string
  ours(n: number, ids: string[]): Call
  floor(n: number, ids: string[]): Call
}

const get = (path: string): Call => ({ method: 'GET', path })
const api = (path: string): Call => get(`/api/v1${path}`)
const stages = ['Prospecting', 'Qualification', 'Proposal', 'Negotiation']
const statuses = ['New', 'Contacted', 'Qualified', 'Unqualified']
const at = <T>(list: T[], n: number): T => list[n % list.length]!
/** Beyond all loaded rows, so that names never repeat. */
const fresh = (n: number) => ({ ...contact(5_000_000 + n), email: `fresh.${process.pid}.${n}@example.com` })
const scattered = (n: number, count: number) => Math.imul(n + 7, 40_503) % count
const title = (n: number, count: number) => Math.abs(scattered(n, count)).toString(36).padStart(4, '0')

/** What a board of everybody shows of all contacts. */
const board = [
  { type: 'metric' },
  { type: 'chart', groupBy: { field: 'lead_status' }, chart: 'pie' },
  { type: 'chart', groupBy: { field: 'createdAt', interval: 'month' } },
  { type: 'leaderboard', groupBy: { field: 'ownerId' } },
].map((widget, index) => ({
  key: `w${index}`,
  title: `Widget ${index}`,
  object: 'contacts',
  position: { x: 0, y: index * 4, w: 6, h: 4 },
  ...widget,
}))

export const scenarios = (contacts: number): Scenario[] => [
  {
    name: 'get one',
    least: 0.6,
    ours: (n, ids) => api(`/contacts/${at(ids, n)}`),
    floor: (n, ids) => get(`/contacts/${at(ids, n)}`),
  },
  {
    name: 'list 50 deals by stage and date',
    least: 0.6,
    ours: (n) => api(`/deals?stage=${at(stages, n)}&sort=expected_close_date&limit=50&cursor=`),
    floor: (n) => get(`/deals-by-stage?stage=${at(stages, n)}`),
  },
  {
    name: 'list 50 by status and date',
    least: 0.6,
    scales: true,
    ours: (n) => api(`/contacts?lead_status=${at(statuses, n)}&sort=-createdAt&limit=50&cursor=`),
    floor: (n) => get(`/contacts-by-status?status=${at(statuses, n)}`),
  },
  {
    name: 'list 50 sorted by a custom field',
    least: 0.6,
    scales: true,
    ours: () => api('/contacts?sort=-lead_score&limit=50&cursor='),
    floor: () => get('/contacts-by-score'),
  },
  {
    name: 'list by substring of the title',
    least: 0.6,
    scales: true,
    ours: (n) => api(`/contacts?search=${title(n, contacts)}&limit=50&cursor=`),
    floor: (n) => get(`/contacts-search?q=${title(n, contacts)}`),
  },
  {
    name: 'list by equality on a custom field',
    least: 0.6,
    scales: true,
    ours: (n) =>
      api(`/contacts?department=Department%20${Math.abs(scattered(n, departmentsOf(contacts)))}&limit=50&cursor=`),
    floor: (n) =>
      get(`/contacts-by-department?department=Department%20${Math.abs(scattered(n, departmentsOf(contacts)))}`),
  },
  {
    name: 'aggregate by stage',
    ours: () => ({
      method: 'POST',
      path: '/api/v1/deals/aggregate',
      body: { groupBy: ['stage'], measures: [{ op: 'count' }, { op: 'sum', field: 'amount' }] },
    }),
    floor: () => get('/deals-aggregate'),
  },
  {
    name: 'figures of a dashboard',
    ours: () => ({ method: 'POST', path: '/api/v1/dashboards/preview', body: { widgets: board } }),
    floor: () => get('/dashboard'),
  },
  {
    name: 'create',
    least: 0.5,
    ours: (n) => ({ method: 'POST', path: '/api/v1/contacts', body: fresh(n) }),
    floor: (n) => ({ method: 'POST', path: '/contacts', body: fresh(n) }),
  },
  {
    name: 'update',
    least: 0.5,
    ours: (n, ids) => ({ method: 'PATCH', path: `/api/v1/contacts/${at(ids, n)}`, body: { lead_score: n % 101 } }),
    floor: (n, ids) => ({ method: 'PATCH', path: `/contacts/${at(ids, n)}`, body: { lead_score: n % 101 } }),
  },
  {
    name: 'bulk create 100',
    ours: (n) => ({ method: 'POST', path: '/api/v1/contacts/bulk', body: { records: hundred(n) } }),
    floor: (n) => ({ method: 'POST', path: '/contacts/bulk', body: { records: hundred(n) } }),
  },
]

/** Linked records of the big tenant; `ledger` is the one that adds up 100,000 entries. */
export const relatedScenarios = (ledger: string): Scenario[] => [
  {
    name: 'list 50 with three relation columns',
    least: 0.5,
    ours: () => api('/visits?fields=name,room.name,physician.name,guest.name&limit=50&cursor='),
    floor: () => get('/visits'),
  },
  {
    name: 'list 50 by a field five hops away',
    ours: (n) => api(`/visits?${wayToCountry.join('.')}.name=countries%20${1 + (n % 20)}&limit=50&cursor=`),
    floor: (n) => get(`/visits-by-country?name=countries%20${1 + (n % 20)}`),
  },
  {
    name: 'add one of 100,000 that are added up',
    ours: (n) => ({ method: 'POST', path: '/api/v1/entries', body: { name: `New ${n}`, amount: n % 100, ledger } }),
    floor: (n) => ({ method: 'POST', path: '/entries', body: { name: `New ${n}`, amount: n % 100, ledger } }),
  },
  {
    name: 'change one of 100,000 added up',
    of: 'entries',
    ours: (n, ids) => ({ method: 'PATCH', path: `/api/v1/entries/${at(ids, n)}`, body: { amount: n % 97 } }),
    floor: (n, ids) => ({ method: 'PATCH', path: `/entries/${at(ids, n)}`, body: { amount: n % 97, ledger } }),
  },
]

const hundred = (n: number) => Array.from({ length: 100 }, (_, i) => fresh(n * 100 + i))

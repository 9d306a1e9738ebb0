/** The words that conditions in the search box may use beside the tenant's own labels, in the languages of the page. */
import type { RelativePeriod } from '../../expressions/index.ts'
import { foldText } from '../../metadata/values/index.ts'

/** `This-week`, `this week` and `thisWeek` are one, and so are `Lead status` and `lead_status`. */
export const nameOf = (text: string): string => foldText(text).replace(/[\s_-]/g, '')

const named = <T>(entries: [T, ...string[]][]): Map<string, T> =>
  new Map(entries.flatMap(([meaning, ...names]) => names.map((name) => [name, meaning] as const)))

export const objectNames = new Set(['object', 'in', 'objeto', 'en'])

/** Attributes that every record has. */
export const attributeNames = named([
  ['ownerId', 'owner', 'propietario', 'responsable'],
  ['createdAt', 'created', 'creado'],
  ['updatedAt', 'updated', 'changed', 'modificado', 'actualizado'],
  ['createdBy', 'createdby', 'creadopor'],
  ['recordNumber', 'number', 'numero'],
  ['stage', 'stage', 'etapa'],
  ['title', 'title', 'titulo'],
])

export const nothingNames = new Set(['none', 'nobody', 'nothing', 'empty', 'ninguno', 'nadie', 'nada', 'vacio'])
export const meNames = new Set(['me', 'mine', 'yo', 'mio'])
export const yesNames = new Set(['yes', 'true', 'si'])
export const noNames = new Set(['no', 'false'])

const periods = named<RelativePeriod>([
  ['today', 'today', 'hoy'],
  ['yesterday', 'yesterday', 'ayer'],
  ['tomorrow', 'tomorrow', 'manana'],
  ['thisWeek', 'thisweek', 'estasemana'],
  ['lastWeek', 'lastweek', 'semanapasada'],
  ['nextWeek', 'nextweek', 'proximasemana'],
  ['thisMonth', 'thismonth', 'estemes'],
  ['lastMonth', 'lastmonth', 'mespasado'],
  ['nextMonth', 'nextmonth', 'proximomes'],
  ['thisQuarter', 'thisquarter', 'estetrimestre'],
  ['lastQuarter', 'lastquarter', 'trimestrepasado'],
  ['nextQuarter', 'nextquarter', 'proximotrimestre'],
  ['thisYear', 'thisyear', 'esteano'],
  ['lastYear', 'lastyear', 'anopasado'],
  ['nextYear', 'nextyear', 'proximoano'],
])

/** `this-week`, `last-7-days` as the filter language says it; undefined for other texts. */
export function periodNamed(text: string): { relative: RelativePeriod; n?: number } | undefined {
  const name = nameOf(text)
  const relative = periods.get(name)
  if (relative) return { relative }
  const counted = /^(?:(last|next)(\d{1,4})days|(ultimos|proximos)(\d{1,4})dias)$/.exec(name)
  if (!counted) return undefined
  const isLast = counted[1] === 'last' || counted[3] === 'ultimos'
  return { relative: isLast ? 'lastNDays' : 'nextNDays', n: Number(counted[2] ?? counted[4]) }
}

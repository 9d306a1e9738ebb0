/** What pictures of dashboards say by themselves, and how they write values. */
import type { Interval } from '@oneforge/kernel/records'
import type { Category } from '../categories.ts'
import type { DaySpan } from '../ranges.ts'
import type { Value } from '../values.ts'

const words = {
  en: {
    none: 'None',
    others: (count: number) => `${count} others`,
    nothing: 'No data',
    total: 'Total',
    of: 'of',
    before: 'before',
    open: 'open',
    overdue: 'overdue',
    today: 'today',
    severalCurrencies: 'Several currencies',
    truncated: 'There are more groups than are shown.',
    seenBy: (name: string, moment: string) => `As ${name} saw it, ${moment}`,
    allTime: 'All time',
    yes: 'Yes',
    no: 'No',
  },
  es: {
    none: 'Ninguno',
    others: (count: number) => `${count} más`,
    nothing: 'Sin datos',
    total: 'Total',
    of: 'de',
    before: 'antes',
    open: 'abiertas',
    overdue: 'vencidas',
    today: 'hoy',
    severalCurrencies: 'Varias monedas',
    truncated: 'Hay más grupos de los que se muestran.',
    seenBy: (name: string, moment: string) => `Como lo vio ${name}, ${moment}`,
    allTime: 'Todo el tiempo',
    yes: 'Sí',
    no: 'No',
  },
  de: {
    none: 'Keine Angabe',
    others: (count: number) => `${count} weitere`,
    nothing: 'Keine Daten',
    total: 'Gesamt',
    of: 'von',
    before: 'zuvor',
    open: 'offen',
    overdue: 'überfällig',
    today: 'heute',
    severalCurrencies: 'Mehrere Währungen',
    truncated: 'Es gibt mehr Gruppen, als hier stehen.',
    seenBy: (name: string, moment: string) => `Wie ${name} es sah, ${moment}`,
    allTime: 'Gesamter Zeitraum',
    yes: 'Ja',
    no: 'Nein',
  },
}

type Words = (typeof words)['en']

/** Writes in one language, on the workspace's clock. */
export class Writer {
  readonly words: Words
  private readonly locale: string
  private readonly timeZone: string

  constructor(locale: string, timeZone: string) {
    this.words = words[locale.slice(0, 2) as keyof typeof words] ?? words.en
    this.locale = locale
    this.timeZone = timeZone
  }

  value(value: Value): string {
    if (value === null) return '–'
    if (typeof value === 'number') return new Intl.NumberFormat(this.locale, { maximumFractionDigits: 2 }).format(value)
    if (typeof value === 'string') return this.moment(value)
    if (value.amount === null) {
      return value.amounts?.map((amount) => this.value(amount)).join(' · ') ?? this.words.severalCurrencies
    }
    const money = { style: 'currency', currency: value.currency } as const
    return new Intl.NumberFormat(this.locale, money).format(value.amount as unknown as number)
  }

  /** Along the edge of a chart: no more digits than tell two marks apart. */
  edge(amount: number, currency: string | undefined): string {
    const money = currency && ({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const)
    const form = { notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 1 } as const
    return new Intl.NumberFormat(this.locale, { ...form, ...money }).format(amount)
  }

  percent(share: number | null): string {
    if (share === null) return ''
    return new Intl.NumberFormat(this.locale, { style: 'percent', maximumFractionDigits: 1 }).format(share)
  }

  change(share: number | null): string {
    if (share === null) return ''
    const form = { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' } as const
    return new Intl.NumberFormat(this.locale, form).format(share)
  }

  category({ value, label }: Category, interval: Interval | null): string {
    if (value === null) return this.words.none
    switch (interval) {
      case null:
        return label || this.words.none
      case 'hour':
        return `${String(value).padStart(2, '0')}:00`
      case 'weekday':
        // The first of January 2024 was a Monday.
        return this.day(`2024-01-0${Number(value)}`, { weekday: 'short' })
      case 'month':
        return this.day(label, { month: 'short', year: 'numeric' })
      case 'quarter':
        return `${Math.ceil(Number(label.slice(5, 7)) / 3)}/${label.slice(0, 4)}`
      case 'year':
        return label.slice(0, 4)
      default:
        return this.day(label, { day: 'numeric', month: 'short' })
    }
  }

  days(days: DaySpan | null): string {
    if (!days) return this.words.allTime
    const form = { dateStyle: 'medium', timeZone: 'UTC' } as const
    return new Intl.DateTimeFormat(this.locale, form).formatRange(new Date(days.from), new Date(days.to))
  }

  /** A moment with its time, or a day. */
  moment(text: string): string {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return this.day(text, { dateStyle: 'medium' })
    const moment = new Date(text)
    if (Number.isNaN(moment.getTime()) || !/^\d{4}-\d{2}-\d{2}T/.test(text)) return text
    const form = { dateStyle: 'medium', timeStyle: 'short', timeZone: this.timeZone } as const
    return new Intl.DateTimeFormat(this.locale, form).format(moment)
  }

  /**
   * What stands in a cell of a list of records.
   *
   * @param named what choices are called, by what is stored of them.
   */
  cell(value: unknown, named?: Map<string, string>): string {
    if (value === null || value === undefined || value === '') return ''
    if (Array.isArray(value)) return value.map((one) => this.cell(one, named)).join(', ')
    if (typeof value === 'boolean') return value ? this.words.yes : this.words.no
    if (typeof value === 'string' && named?.has(value)) return named.get(value)!
    if (typeof value !== 'object') return this.value(value as Value)
    if ('title' in value) return String(value.title ?? '')
    return 'amount' in value && 'currency' in value ? this.value(value as Value) : ''
  }

  private day(text: string, form: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.locale, { ...form, timeZone: 'UTC' }).format(new Date(text))
  }
}

/** What a mail with a dashboard says: its numbers in words, the rest is in the PDF. */
import { inLocale } from '@oneforge/kernel/metadata'
import type { DashboardDefinition } from '@oneforge/templates'
import type { Figures } from './figures.service.ts'
import { Writer } from './picture/words.ts'
import type { Value } from './values.ts'

const words = {
  en: {
    open: 'Open the dashboard',
    why: (workspace: string) => `You get this because it was planned for you in ${workspace}.`,
  },
  es: {
    open: 'Abrir el panel',
    why: (workspace: string) => `Recibes este correo porque se programó para ti en ${workspace}.`,
  },
  de: {
    open: 'Dashboard öffnen',
    why: (workspace: string) => `Sie erhalten diese E-Mail, weil sie in ${workspace} für Sie geplant wurde.`,
  },
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!)

interface Letter {
  locale: string
  workspace: string
  /** Of the dashboard. */
  link: string
}

export function dashboardMail(definition: DashboardDefinition, figures: Figures, { locale, workspace, link }: Letter) {
  const writer = new Writer(locale, figures.timeZone)
  const said = words[locale.slice(0, 2) as keyof typeof words] ?? words.en
  const label = inLocale(definition.label, locale)
  const days = writer.days(figures.range)
  const numbers = numbersOf(definition, figures, writer, locale)
  const lines = numbers.map(({ title, value }) => `${title}: ${value}`)
  const rows = numbers.map(
    ({ title, value }) =>
      `<tr><td style="padding:4px 24px 4px 0;color:#495057">${escaped(title)}</td><td style="padding:4px 0;text-align:right"><strong>${escaped(value)}</strong></td></tr>`,
  )
  return {
    subject: `${label} · ${days}`,
    text: [label, days, '', ...lines, '', `${said.open}: ${link}`, '', said.why(workspace)].join('\n'),
    html: `<div style="font-family:Arial,Helvetica,sans-serif;font-size:14px;color:#212529">
<h1 style="font-size:18px;margin:0">${escaped(label)}</h1>
<p style="color:#868e96;margin:4px 0 16px">${escaped(days)}</p>
<table style="border-collapse:collapse">${rows.join('')}</table>
<p style="margin:16px 0"><a href="${escaped(link)}">${escaped(said.open)}</a></p>
<p style="color:#868e96;font-size:12px">${escaped(said.why(workspace))}</p>
</div>`,
  }
}

/** Of metrics and goals, with how much they have changed. */
function numbersOf({ widgets }: DashboardDefinition, figures: Figures, writer: Writer, locale: string) {
  const byKey = new Map(figures.widgets.map((one) => [one.key, one]))
  return widgets.flatMap(({ key, type, title }) => {
    const data = byKey.get(key)?.data as { value: Value; change: number | null } | null | undefined
    if (!data || (type !== 'metric' && type !== 'goal')) return []
    const change = writer.change(data.change)
    return [{ title: inLocale(title, locale), value: writer.value(data.value) + (change ? ` (${change})` : '') }]
  })
}

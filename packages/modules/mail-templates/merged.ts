/** A template with a record's values in it: what is sent, and what is shown before. */
import { notFound } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { RecordContext } from '@oneforge/kernel/records'
import type { MailAttachment } from '@oneforge/modules/messaging'
import type { Draft } from './compile.ts'
import { type MergeScope, mergeFields, renderHtml, renderText } from './liquid.ts'
import { findImages, findTemplate } from './mail-templates.store.ts'
import { plainTextOf } from './plain-text.ts'
import { recordScope } from './record-scope.ts'

export interface MergedMail {
  subject: string
  html: string
  text: string
}

export interface MergedTemplate extends MergedMail {
  /** Pictures that the HTML shows. */
  attachments: MailAttachment[]
  marketing: boolean
}

/** What it was compiled to, with values. The text part is made of the HTML where none was written. */
export function merge(draft: Pick<Draft, 'subject' | 'text'>, compiled: string, scope: MergeScope): MergedMail {
  const html = renderHtml(compiled, scope)
  const text = draft.text.trim() ? renderText(draft.text, scope) : plainTextOf(html)
  return { subject: oneLine(renderText(draft.subject, scope)), html, text }
}

const oneLine = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 500)

/**
 * A template as it goes out about a record, in the caller's language where it has that: as far as the caller sees what it
 * says. Without a record, only what it says of the workspace and the sender is filled.
 *
 * @throws AppError 404 where there is no such template or record; MergeFailed.
 */
export async function mergedTemplate(
  context: RecordContext,
  id: string,
  about?: { object: CompiledObject; recordId: string },
  locale: string = context.locale,
): Promise<MergedTemplate> {
  const { tx, model } = context
  const row = await findTemplate(tx, model.tenantId, id)
  if (!row) throw notFound(`The template ${id}`)
  const language = languageFor(locale, Object.keys(row.content))
  const draft = row.content[language]!
  const compiled = row.compiled[language] ?? ''
  const scope = await scopeFor(context, [draft.subject, draft.text, compiled], about, locale)
  const mail = merge(draft, compiled, scope)
  return { ...mail, attachments: await imagesIn(context, mail.html), marketing: row.marketing }
}

/** Values for all that the texts read. */
export async function scopeFor(
  context: RecordContext,
  texts: string[],
  about: { object: CompiledObject; recordId: string } | undefined,
  locale: string = context.locale,
): Promise<MergeScope> {
  const paths = texts.flatMap(mergeFields)
  if (about) return recordScope(context, about.object, about.recordId, paths, locale)
  const { actor, model } = context
  return {
    values: { tenant: { name: model.name }, user: { name: actor.name } },
    locale,
    timeZone: model.timeZone,
  }
}

/** The language itself, the same without its country, or the first there is. */
export function languageFor(locale: string, there: string[]): string {
  const [language = ''] = locale.split('-')
  return there.find((one) => one === locale) ?? there.find((one) => one === language) ?? there[0] ?? 'en'
}

const imageReference = /\bcid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/g

/** The workspace's pictures that the HTML shows, as a message carries them. */
export async function imagesIn({ tx, model }: RecordContext, html: string): Promise<MailAttachment[]> {
  const ids = [...new Set([...html.matchAll(imageReference)].map(([, id]) => id!))]
  if (ids.length === 0) return []
  const found = await findImages(tx, model.tenantId, ids)
  return found.map(({ id, name, type, content }) => ({ name, type, content, cid: id }))
}

/** The same HTML for a page without access to anything: its pictures stand in it. */
export function withImages(html: string, images: MailAttachment[]): string {
  const byId = new Map(
    images.map(({ cid, type, content }) => [cid, `data:${type};base64,${content.toString('base64')}`]),
  )
  return html.replaceAll(imageReference, (whole, id: string) => byId.get(id) ?? whole)
}

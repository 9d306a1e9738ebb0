/** Values as cells and cards will show them; what needs more than words and colours keeps its place and is left to the page. */
import type { FieldMeta, ObjectMeta, RecordData, Workspace } from '@oneforge/client'
import valueClasses from '../fields/FieldValue.module.css'
import {
  asList,
  type FormatContext,
  formatValue,
  isEmptyValue,
  isNumeric,
  optionLabel,
  regionalLocale,
  shownType,
} from '../fields/format.ts'
import badges from '../fields/OptionBadge.module.css'
import { optionColor } from '../fields/optionColor.ts'
import { recordName } from '../fields/recordName.ts'
import texts, { t } from '../i18n/texts.ts'
import { drawn, styled } from './drawn.ts'
import classes from './firstWords.module.css'

/** How this reader wants values written. Who works here and how telephone numbers are read comes later. */
export function formatOf(workspace: Workspace): FormatContext {
  return {
    locale: regionalLocale(texts.language, navigator.languages),
    timeZone: workspace.user.timeZone ?? workspace.timeZone,
    currency: workspace.currency,
    members: new Map(),
    words: { yes: t('fields:boolean.yes'), no: t('fields:boolean.no') },
    phone: (number) => number,
  }
}

/** What is told by a picture, by names that are not there yet, or by rules that come later. */
const later = new Set(['boolean', 'checklist', 'file', 'json', 'phone', 'rating', 'richtext', 'user'])
export const isLater = (field: FieldMeta): boolean => later.has(shownType(field)) || Boolean(field.computed?.activities)

export const titleOf = (object: ObjectMeta, record: RecordData, className: string | undefined): HTMLElement =>
  drawn('span', { class: className }, recordName(object, record))

/** @param line what a value in one line looks like here. */
export function shownValue(
  field: FieldMeta,
  value: unknown,
  format: FormatContext,
  line?: string,
): HTMLElement | undefined {
  if (isEmptyValue(value)) return undefined
  // People who are mentioned are named by what they are called now.
  if (isLater(field) || String(value).includes('<@'))
    return drawn('span', { class: classes.hidden }, formatValue(field, value, format))
  switch (shownType(field)) {
    case 'select':
      return badgeOf(field, value)
    case 'multiselect':
    case 'tags':
      return drawn('span', { class: badges.list }, ...asList(value).map((item) => badgeOf(field, item)))
    default: {
      const plain = isNumeric(field) ? valueClasses.number : valueClasses.text
      return drawn('span', { class: line ?? plain }, formatValue(field, value, format))
    }
  }
}

function badgeOf(field: FieldMeta, value: unknown): HTMLElement {
  const option = field.options.find((one) => one.value === value)
  return badge(optionLabel(field, String(value)), option?.color)
}

export function badge(label: string, color: string | null | undefined): HTMLElement {
  const text = drawn('span', { class: badges.label }, label)
  return styled(drawn('span', { class: badges.badge }, text), { '--option-color': optionColor(color) })
}

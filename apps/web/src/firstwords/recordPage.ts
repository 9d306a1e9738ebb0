/** The page of a record: what it is called, where it stands on its way, and its first fields. */
import type { FieldMeta, Location, Member, ObjectMeta, Pipeline, RecordData, Workspace } from '@oneforge/client'
import type { Reading } from '@oneforge/client/reading'
import activities from '../activities/activities.module.css'
import { type FormatContext, isEmptyValue } from '../fields/format.ts'
import { optionColor } from '../fields/optionColor.ts'
import { sectionsOf } from '../forms/sections.ts'
import { t } from '../i18n/texts.ts'
import stages from '../pipelines/RecordStages.module.css'
import details from '../record/DetailsPanel.module.css'
import classes from '../record/RecordPage.module.css'
import path from '../record/StagePath.module.css'
import { stateOf } from '../record/stageState.ts'
import { drawn, styled } from './drawn.ts'
import own from './firstWords.module.css'
import { shownValue, titleOf } from './values.ts'

export interface ShownRecord {
  object: ObjectMeta
  record: RecordData
  locations: Location[]
  members: Member[]
}

/** Who looks after it and where it belongs is read too, where it says so. */
export async function readRecord(reading: Reading, slug: string, id: string): Promise<ShownRecord> {
  const [object, record] = await Promise.all([reading.objects.get(slug), reading.records.get(slug, id)])
  if (record.id !== id || record.deletedAt) throw new Error('The page has more to say of it.')
  const [locations, members] = await Promise.all([
    object.located ? reading.locations.list() : [],
    record.ownerId ? reading.identity.members() : [],
  ])
  return { object, record, locations, members }
}

export function drawRecord(shown: ShownRecord, workspace: Workspace, format: FormatContext): HTMLElement {
  const mayChange = Boolean(workspace.permissions.objects[shown.object.slug]?.update)
  const isWide = matchMedia('(min-width: 1180px)').matches
  const panel = fields(shown, format)
  const columns = drawn(
    'div',
    { class: classes.columns },
    drawn('div', { class: classes.column }, panel),
    drawn('div', { class: classes.column }),
    drawn('div', { class: classes.column }),
  )
  const body = isWide ? [columns] : [tabs(), drawn('div', { class: classes.tab }, panel)]
  return drawn('div', { class: classes.page }, head(shown, mayChange), drawn('div', { class: classes.body }, ...body))
}

function head({ object, record, locations, members }: ShownRecord, mayChange: boolean): HTMLElement {
  const title = drawn('h1', { class: `${classes.title} ${own.heading}` }, titleOf(object, record, undefined))
  const number = drawn('span', { class: `${classes.number} ${own.quiet}` }, record.recordNumber)
  const place = locations.find(({ id }) => id === record.locationId)?.name
  const owner = members.find(({ id }) => id === record.ownerId)?.name
  const chevron = () => mayChange && drawn('span', { class: own.groupIcon })
  const at = drawn('span', { class: place ? own.small : own.quiet }, place ?? t('locations:record.none'))
  return drawn(
    'header',
    { class: classes.header },
    drawn(
      'div',
      { class: own.back },
      drawn('span', { class: `${classes.back} ${own.quiet}` }, drawn('span', { class: own.mark }), object.labelPlural),
    ),
    drawn(
      'div',
      { class: `${classes.naming} ${own.naming}` },
      drawn('div', { class: classes.name }, title, number),
      drawn(
        'div',
        { class: classes.keepers },
        object.located && drawn('span', { class: classes.owner }, drawn('span', { class: own.pin }), at, chevron()),
        drawn('span', { class: classes.owner }, ...keeper(owner), chevron()),
      ),
    ),
    dates(object, record),
    ...object.pipelines.toSorted((a, b) => Number(b.main) - Number(a.main)).map((one) => stagesOf(one, object, record)),
  )
}

const keeper = (name: string | undefined): HTMLElement[] =>
  name
    ? [drawn('span', { class: own.person }, drawn('span', { class: own.headingIcon }), drawn('span', {}, name))]
    : [drawn('span', { class: own.quiet }, t('record:owner.none'))]

/** When somebody was last in contact is told by the page: it counts from now. */
function dates(object: ObjectMeta, record: RecordData): HTMLElement | undefined {
  const told = object.fields.filter(({ computed }) => computed?.activities)
  if (told.length === 0) return undefined
  const lines = told.map(({ key, label, computed }) => {
    const isEmpty = !record[key]
    const text = t(computed?.activities === 'next' ? 'activities:dates.nothing' : 'activities:dates.never')
    const value = drawn('dd', { 'data-empty': isEmpty, class: isEmpty ? undefined : own.hidden }, text)
    return drawn('div', {}, drawn('dt', {}, label), value)
  })
  return drawn('dl', { class: activities.dates }, ...lines)
}

function stagesOf({ label, field, stages: all }: Pipeline, { pipelines }: ObjectMeta, record: RecordData): HTMLElement {
  const position = all.findIndex(({ value }) => value === record[field])
  const steps = all.map(({ label: name, color, kind }, index) => {
    const sign = (kind === 'won' || kind === 'lost') && drawn('span', { class: own.groupIcon })
    const step = drawn(
      'span',
      { class: path.stage, 'data-state': stateOf(all, index, position) },
      sign,
      drawn('span', {}, name),
    )
    return styled(step, { '--option-color': optionColor(color) })
  })
  return drawn(
    'div',
    { class: stages.pipeline },
    pipelines.length > 1 && drawn('span', { class: `${stages.name} ${own.tiny}` }, label),
    drawn('div', { class: path.path }, ...steps),
    position >= 0 && drawn('div', { class: stages.facts }),
  )
}

function tabs(): HTMLElement {
  const names = (['details', 'story', 'related'] as const).map((name) => t(`record:tabs.${name}`))
  const all = names.map((name, at) =>
    drawn('span', { class: `${own.tab} ${own.wide}`, 'aria-selected': at === 0 && 'true' }, name),
  )
  return drawn('div', { class: `${own.tabs} ${own.underlined}` }, ...all)
}

/** Up to what has more to it than its words, or may be hidden. */
const isSimple = ({ type, conditions }: FieldMeta): boolean =>
  !['richtext', 'file', 'checklist'].includes(type) && !conditions?.visible

function fields({ object, record }: ShownRecord, format: FormatContext): HTMLElement {
  const sections: HTMLElement[] = []
  const shown = object.fields.filter(({ computed }) => !computed?.activities)
  for (const { title, collapsed, fields: inside } of sectionsOf(shown, object.layout)) {
    if (collapsed) break
    const end = inside.findIndex((field) => !isSimple(field))
    const rows = inside.slice(0, end < 0 ? inside.length : end).map((field) => row(field, record, format))
    const name = title && drawn('h2', { class: `${details.heading} ${own.section}` }, title)
    sections.push(drawn('section', {}, name, drawn('dl', { class: details.fields }, ...rows)))
    if (end >= 0) break
  }
  return drawn('div', { class: details.panel }, ...sections)
}

function row(field: FieldMeta, record: RecordData, format: FormatContext): HTMLElement {
  const value = record[field.key]
  const shown = isEmptyValue(value) ? drawn('span', { class: own.dimmed }, '–') : shownValue(field, value, format)
  const isLink = ['email', 'relation'].includes(field.type)
  return drawn(
    'div',
    { class: details.row },
    drawn('dt', { class: details.label }, field.label),
    drawn('dd', { class: isLink ? `${details.value} ${own.links}` : details.value }, shown),
  )
}

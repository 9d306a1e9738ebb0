/** The page of a list: its heading, the views, and what stands around the records. */
import type { FieldMeta, ListQuery, ObjectMeta, View, ViewType } from '@oneforge/client'
import { t } from '../i18n/texts.ts'
import {
  type Column,
  columnsOf,
  defaultSettings,
  parseWidths,
  pinnedOf,
  widthsOf,
} from '../list/columns/columnSettings.ts'
import { keptParameter } from '../list/keptFilter.ts'
import list from '../list/ListPage.module.css'
import { layoutNamed } from '../list/layouts.ts'
import { differsFromView, readListState } from '../list/listAddress.ts'
import { systemFields } from '../list/listFields.ts'
import { type ListLook, lookParameters, readColumns, readLook } from '../list/listLook.ts'
import tabs from '../list/views/ViewTabs.module.css'
import header from '../ui/PageHeader.module.css'
import { drawn } from './drawn.ts'
import classes from './firstWords.module.css'
import { isPhone } from './frame.ts'

/** What the address shows of an object. */
export interface ShownList {
  object: ObjectMeta
  views: View[]
  view: View | undefined
  layout: ViewType
  look: ListLook
  query: ListQuery
  /** What can be shown. */
  fields: FieldMeta[]
  columns: Column[]
  /** Another than the view. */
  isChanged: boolean
}

/** Undefined where more than the address says what is shown: a draft, or fields of other objects. */
export function listShown(object: ObjectMeta, views: View[]): ShownList | undefined {
  const params = new URLSearchParams(location.search)
  const key = params.get('view')
  const first = views.find(({ isDefault }) => isDefault) ?? views[0]
  const view = views.find((one) => one.key === key) ?? (key ? undefined : first)
  const look = readLook(params, view)
  const { filter, sort, search } = readListState(params, view)
  const usual = defaultSettings(object, view)
  const ofBrowser = parseWidths(localStorage.getItem(`oneforge-columns:${object.id}:${view?.id ?? 'all'}`))
  const keys = readColumns(params) ?? usual.keys
  if (params.has(keptParameter) || keys.some((one) => one.includes('.') || one === 'locationId')) return undefined
  const fields = [...object.fields, ...systemFields(object, (one) => t(`list:attribute.${one}`))]
  const widths = { ...widthsOf(look.settings), ...ofBrowser }
  return {
    object,
    views,
    view,
    layout: layoutNamed(params.get('as')) ?? view?.type ?? 'table',
    look,
    query: { filter, search: search || undefined, sort: sort.length ? sort : undefined, fields: undefined },
    fields,
    columns: columnsOf(fields, object.roles.title, { keys, widths, pinned: pinnedOf(look.settings) }),
    isChanged:
      differsFromView(params) ||
      [...lookParameters, 'board'].some((name) => params.has(name)) ||
      params.has('columns') ||
      Object.keys(ofBrowser).length > 0,
  }
}

/** All but the records, for which a place is kept, and how many there are. */
export function drawList(shown: ShownList): { parts: HTMLElement[]; records: HTMLElement; count: HTMLElement } {
  const records = drawn('div', { class: list.coming })
  const count = drawn('span', {}, t('list:counting'))
  const foot = drawn('div', { class: list.foot }, count)
  return { parts: [head(shown.object), viewTabs(shown), toolbar(shown), records, foot], records, count }
}

const icon = () => drawn('span', { class: classes.icon })
const button = (text: string, look?: string, more: Record<string, string | boolean> = {}) =>
  drawn('span', { class: classes.button, 'data-look': look, ...more }, text)

function head({ label, labelPlural, permissions }: ObjectMeta): HTMLElement {
  const create = permissions.create && button(t('list:new', { label }), 'filled', { 'data-icon': 'before' })
  return drawn(
    'header',
    { class: header.header },
    drawn('span', { class: classes.headingIcon }),
    drawn('h1', { class: header.title }, labelPlural),
    drawn('div', { class: header.actions }, icon(), create),
  )
}

function viewTabs({ object, views, view, isChanged }: ShownList): HTMLElement {
  const tab = (label: string, isShown: boolean, isOwn = false) => {
    const lock = isOwn && drawn('span', { class: classes.lock })
    return drawn('span', { class: `${tabs.tab} ${classes.tab}`, 'aria-selected': isShown && 'true' }, label, lock)
  }
  const all = views.map(({ id, label, ownedByMe }) => tab(label, id === view?.id, ownedByMe))
  const shown = all.length > 0 ? all : [tab(t('list:view.all', { objects: object.labelPlural }), true)]
  return drawn(
    'div',
    { class: tabs.bar },
    drawn('div', { class: tabs.tabs }, drawn('div', { class: `${tabs.list} ${classes.tabs}` }, ...shown)),
    ...(isChanged ? changed(view) : []),
    drawn(
      'span',
      { class: classes.button, 'data-quiet': true, 'data-icon': 'behind' },
      t('list:view.title'),
      drawn('span', { class: classes.chevron }),
    ),
  )
}

/** What is offered for a list that is not as its view. */
function changed(view: View | undefined): HTMLElement[] {
  const isShared = view !== undefined && view.visibility !== 'private'
  const quiet = { 'data-quiet': true }
  const save = isShared
    ? button(t('list:view.saveForAll'), undefined, quiet)
    : button(t('list:view.saveTo'), 'light', quiet)
  const asNew = isShared || !view?.mayChange
  return [
    drawn('span', { class: tabs.mark }, t('list:view.changed')),
    button(t('list:view.discard'), undefined, quiet),
    ...(view?.mayChange ? [save] : []),
    ...(asNew ? [button(t('list:view.saveNew'), 'light', quiet)] : []),
  ]
}

/** On a phone what stands beside the search leaves it its width. */
function toolbar({ object, layout, query }: ShownList): HTMLElement {
  const search = query.search ?? t('list:search', { objects: object.labelPlural })
  const sign = () => drawn('span', { class: classes.button }, drawn('span', { class: classes.sign }))
  const input = drawn('div', { class: `${list.search} ${classes.input}` }, search)
  const beside = [sign(), sign(), ...(layout === 'table' ? [sign()] : []), icon(), sign()]
  return drawn('div', { class: list.toolbar }, input, ...(isPhone() ? beside : [icon()]))
}

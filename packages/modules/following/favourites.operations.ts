/** Favourites: what a person wants at hand, in the order that they like. */
import { isId } from '@oneforge/kernel/database'
import { conflict, notFound, validationError } from '@oneforge/kernel/errors'
import { inLocale } from '@oneforge/kernel/metadata'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { readRow } from '@oneforge/kernel/records'
import { z } from 'zod'
import { seesView } from '../customization/index.ts'
import { idOf, objectOf } from '../records/index.ts'
import {
  addFavourite,
  type FavouriteRow,
  findViewOf,
  listFavourites,
  orderFavourites,
  removeFavourites,
  type Target,
  type Whose,
} from './favourites.store.ts'
import { type SeenTitle, seenTitles } from './seen-titles.ts'

const base = { tag: 'Favourites', access: 'member' } as const
const mostFavourites = 100

const favourite = z
  .object({
    id: z.uuid(),
    kind: z.enum(['record', 'view', 'page']),
    object: z.string().nullable(),
    recordId: z.uuid().nullable(),
    viewId: z.uuid().nullable(),
    view: z.string().nullable().describe('The key of the view.'),
    page: z.string().nullable(),
    label: z.string(),
  })
  .meta({ id: 'Favourite' })
type Favourite = z.input<typeof favourite>

const addition = z.strictObject({
  object: z.string().optional(),
  recordId: z.string().optional(),
  viewId: z.string().optional(),
  page: z
    .string()
    .max(300, 'takes at most 300 characters')
    .regex(/^\/(?![/\\])[\x21-\x7e]*$/, 'must be an address inside the workspace, such as /settings/objects')
    .optional(),
  label: z.string().trim().min(1, 'cannot be empty').max(120, 'takes at most 120 characters').optional(),
})
const idList = z.strictObject({
  ids: z.array(z.uuid('must be an id'), { error: 'is required' }).max(mostFavourites, 'takes at most 100 ids'),
})

const whoseOf = ({ model, actor }: OperationContext): Whose => ({ tenantId: model.tenantId, userId: actor.userId! })

/** What the caller may see of their favourites now. */
async function shownTo(context: OperationContext): Promise<Favourite[]> {
  const rows = await listFavourites(context.tx, whoseOf(context))
  const references = rows.flatMap(({ record_id: recordId, object_id: objectId }) =>
    recordId && objectId ? [{ recordId, objectId }] : [],
  )
  const titles = await seenTitles(context, references)
  return rows.flatMap((row) => present(context, row, titles) ?? [])
}

const nothing = { object: null, recordId: null, viewId: null, view: null, page: null }

function present(context: OperationContext, row: FavouriteRow, titles: Map<string, SeenTitle>): Favourite | undefined {
  const { id, record_id: recordId, view_id: viewId, page, label } = row
  if (recordId) {
    const seen = titles.get(recordId)
    return seen && { ...nothing, id, kind: 'record', object: seen.object.slug, recordId, label: seen.title }
  }
  if (viewId) return presentView(context, row, viewId)
  return { ...nothing, id, kind: 'page', page, label: label ?? page! }
}

function presentView(context: OperationContext, { id, view, object_id }: FavouriteRow, viewId: string) {
  const object = context.model.objectById.get(object_id ?? '')
  if (!object || !view || !context.policy.objects.has(object.slug)) return undefined
  if (!seesView(context, { id: viewId, ...view })) return undefined
  const label = inLocale(view.definition.label, context.locale)
  return { ...nothing, id, kind: 'view' as const, object: object.slug, viewId, view: view.key ?? viewId, label }
}

/** What is to be added, once it is clear that the caller may see it. */
async function targetOf(context: OperationContext, input: z.output<typeof addition>): Promise<Target> {
  const { object: slug, recordId, viewId, page, label } = input
  const given = [recordId, viewId, page].filter((one) => one !== undefined)
  if (given.length !== 1)
    throw validationError([{ field: 'body', message: 'names exactly one of recordId, viewId and page' }])
  if (page !== undefined) {
    if (!label) throw validationError([{ field: 'label', message: 'is required for a page' }])
    return { page, label }
  }
  if (!slug) throw validationError([{ field: 'object', message: 'is required' }])
  const object = objectOf(context, slug)
  if (recordId !== undefined) {
    const id = idOf(object, recordId)
    await readRow(context, object, id)
    return { recordId: id }
  }
  const view = isId(viewId) ? await findViewOf(context.tx, context.model.tenantId, object.id, viewId) : undefined
  if (!view || !seesView(context, view)) throw notFound(`The view ${viewId}`)
  return { viewId: view.id }
}

export const favouriteOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'favourites.list',
    kind: 'query',
    summary: 'The caller’s favourites, in their order',
    phi: true,
    input: z.strictObject({}),
    output: z.array(favourite),
    http: { method: 'GET', path: '/favourites' },
    handler: shownTo,
  }),
  defineOperation({
    ...base,
    name: 'favourites.add',
    kind: 'command',
    summary: 'Make a record, a view or a page a favourite',
    description: 'Answers with all of them. One that is a favourite already stays where it is.',
    phi: true,
    input: addition,
    output: z.array(favourite),
    http: { method: 'PUT', path: '/favourites' },
    async handler(context, input) {
      const count = await addFavourite(context.tx, whoseOf(context), await targetOf(context, input))
      if (count > mostFavourites)
        throw conflict(`You have ${mostFavourites} favourites already. Remove one that you need no more.`)
      return shownTo(context)
    },
  }),
  defineOperation({
    ...base,
    name: 'favourites.arrange',
    kind: 'command',
    summary: 'Put favourites into another order',
    description: 'Those that are not named come behind the others.',
    phi: true,
    input: idList,
    output: z.array(favourite),
    http: { method: 'PUT', path: '/favourites/order' },
    async handler(context, { ids }) {
      await orderFavourites(context.tx, whoseOf(context), ids)
      return shownTo(context)
    },
  }),
  defineOperation({
    ...base,
    name: 'favourites.remove',
    kind: 'command',
    summary: 'Remove favourites',
    input: idList,
    output: z.void(),
    http: { method: 'DELETE', path: '/favourites', status: 204 },
    handler: (context, { ids }) => removeFavourites(context.tx, whoseOf(context), ids),
  }),
]

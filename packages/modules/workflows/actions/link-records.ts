import { validationError } from '@oneforge/kernel/errors'
import { addLink, findRelation, removeLink } from '@oneforge/kernel/records'
import type { ActionOf, Target, Value } from '../definition.ts'
import type { ActionKind, Scope } from '../engine/action.ts'
import { objectNamed, placed } from './records.ts'

type LinkStep = ActionOf<'link_records' | 'unlink_records'>

interface Prepared extends Record<string, unknown> {
  record: { object: string; id: string }
  relation: string
  other: string
}

async function prepare({ scope }: { scope: Scope }, { target, relation, to }: LinkStep): Promise<Prepared> {
  return { record: placed(await scope.target(target)), relation, other: await idOf(scope, to) }
}

/** The other record: one that the workflow knows, or whose id a value gives. */
async function idOf(scope: Scope, to: Target | { record: Value }): Promise<string> {
  if (!('record' in to)) return (await scope.target(to)).id
  const given = await scope.value(to.record)
  const id = typeof given === 'object' && given !== null ? (given as { id?: unknown }).id : given
  if (typeof id === 'string' && id !== '') return id
  throw validationError([], 'The value that says which record to link is empty. Choose one that names a record.')
}

const linking =
  (work: typeof addLink | typeof removeLink): NonNullable<ActionKind<LinkStep>['perform']> =>
  async ({ record: context }, _step, input) => {
    const { record, relation, other } = input as Prepared
    const object = objectNamed(context, record.object)
    context.tx.keepOpen()
    await work(context, object, record.id, findRelation(context, object, relation), other)
    return { ...record, relation, other }
  }

/** Links two records. Linking twice changes nothing. */
export const linkRecordsAction: ActionKind<LinkStep> = { type: 'link_records', prepare, perform: linking(addLink) }

/** Takes the link of two records away. */
export const unlinkRecordsAction: ActionKind<LinkStep> = {
  type: 'unlink_records',
  prepare,
  perform: linking(removeLink),
}

/** The rules of the allow-list: what they mean stands in the README, who is held to them in kernel/operations. */
import { newId } from '@oneforge/kernel/database'
import { type AppError, because, conflict, notFound, validationError } from '@oneforge/kernel/errors'
import { bumpVersion } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { networkText, parseNetwork } from '@oneforge/kernel/tenancy'
import { requireNotLockedOut } from './lock-out.ts'
import {
  countRules,
  deleteRule,
  findRules,
  insertRule,
  type RuleRow,
  type RuleSettings,
  updateRule,
} from './networks.store.ts'

const maxRules = 1_000

export async function listNetworks(context: OperationContext): Promise<object> {
  const rules = await findRules(context.tx, context.model.tenantId)
  return { address: context.ip, rules: rules.map(present) }
}

const present = (row: RuleRow): object => ({
  id: row.id,
  network: row.network,
  comment: row.comment,
  active: row.active,
  location: row.locationId && { id: row.locationId, name: row.locationName },
  createdAt: row.createdAt,
  createdBy: row.createdBy && { id: row.createdBy, name: row.creatorName },
})

export async function addNetwork(
  context: OperationContext,
  input: Partial<RuleSettings> & { network: string },
): Promise<object> {
  const { tx, model, actor } = context
  await bumpVersion(tx, model.tenantId)
  if ((await countRules(tx, model.tenantId)) >= maxRules)
    throw conflict(`A workspace takes at most ${maxRules} networks.`, because('TOO_MANY', 'networks'))
  const rule = read(context, { comment: null, active: true, locationId: null, ...input })
  const id = newId()
  if (!(await insertRule(tx, model.tenantId, { ...rule, id, createdBy: actor.userId }))) throw isThere(rule)
  await requireNotLockedOut(context)
  return one(context, id)
}

export async function changeNetwork(
  context: OperationContext,
  id: string,
  input: Partial<RuleSettings>,
): Promise<object> {
  const { tx, model } = context
  await bumpVersion(tx, model.tenantId)
  const [before] = await findRules(tx, model.tenantId, id)
  if (!before) throw unknown(id)
  const { network, comment, active, locationId } = before
  const rule = read(context, { network, comment, active, locationId, ...input })
  if (!(await updateRule(tx, model.tenantId, id, rule))) throw isThere(rule)
  await requireNotLockedOut(context)
  return one(context, id)
}

export async function removeNetwork(context: OperationContext, id: string): Promise<void> {
  await bumpVersion(context.tx, context.model.tenantId)
  if (!(await deleteRule(context.tx, context.model.tenantId, id))) throw unknown(id)
  await requireNotLockedOut(context)
}

async function one({ tx, model }: OperationContext, id: string): Promise<object> {
  const [row] = await findRules(tx, model.tenantId, id)
  return present(row!)
}

/** The settings with the network in its one form. */
function read({ model }: OperationContext, rule: RuleSettings): RuleSettings {
  const network = parseNetwork(rule.network)
  if (!network) {
    throw validationError([
      { field: 'network', message: 'must be an address or a range such as 203.0.113.0/24 or 2001:db8::/32' },
    ])
  }
  if (rule.locationId !== null && !model.locations.has(rule.locationId)) {
    throw validationError([{ field: 'locationId', message: 'is not a location of this workspace' }])
  }
  return { ...rule, network: networkText(network), comment: rule.comment?.trim() || null }
}

const isThere = ({ network }: RuleSettings): AppError =>
  conflict(
    `There is already a rule for ${network} at the same place. Change that one.`,
    because('NETWORK_THERE', 'networks'),
  )

const unknown = (id: string): AppError => notFound(`The network ${id}`)

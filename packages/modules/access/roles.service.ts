/** The rules of the tenant's roles. */
import type { AccessPolicy } from '@oneforge/kernel/access'
import { because, conflict, notFound, validationError } from '@oneforge/kernel/errors'
import { inLocale, type LocalizedText, localized, type RoleDefinition } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import type { NewRole, RoleChange, RoleRules } from './access.schemas.ts'
import { deleteRole, insertRole, listRoles, type RoleRow, updateRole } from './access.store.ts'
import { requireUnchangedRole } from './concurrent-changes.ts'
import { beginChange, requireAdministrators, requireOwned } from './guards.ts'
import { roleProblems } from './role-checks.ts'

export async function presentRoles(context: OperationContext): Promise<object[]> {
  const rows = await listRoles(context.tx, context.model.tenantId)
  return rows.map((row) => present(context, row))
}

export async function presentRole(context: OperationContext, key: string): Promise<object> {
  const role = await findRole(context, key)
  context.response.headers.set('ETag', `"${role.version}"`)
  return present(context, role)
}

async function findRole({ tx, model }: OperationContext, key: string): Promise<RoleRow> {
  const row = (await listRoles(tx, model.tenantId)).find((one) => one.key === key)
  if (!row) throw notFound(`The role “${key}”`)
  return row
}

function present({ locale }: OperationContext, { key, definition, position, members, version }: RoleRow): object {
  const { label, description } = definition
  return {
    key,
    label: inLocale(label, locale),
    labels: label,
    description: description ? inLocale(description, locale) : null,
    descriptions: description ?? null,
    objects: definition.objects,
    admin: definition.admin ?? [],
    depth: definition.depth ?? null,
    forbiddenPaths: definition.forbiddenPaths ?? [],
    position,
    members,
    version,
  }
}

export async function createRole(context: OperationContext, input: NewRole): Promise<object> {
  const model = await beginChange(context)
  const { tx, locale, policy } = context
  const { copyOf, key: wanted, label, description, ...rules } = input
  const original = copyOf === undefined ? undefined : await findRole({ ...context, model }, copyOf)
  const key = wanted ?? freeKey(keyOf(label), model.roles)
  if (model.roles.has(key))
    throw conflict(`There is already a role “${key}”. Choose another key.`, because('NAME_TAKEN', 'role'))
  const role: RoleDefinition = {
    ...definitionOf({ objects: {}, ...original?.definition }, rules),
    key,
    label: localized(label, locale),
    description: textOf(description, locale, original?.definition.description),
  }
  check(policy, role, role, model)
  await insertRole(tx, model.tenantId, role)
  return presentRole({ ...context, model }, key)
}

/** @param version the one that the change was made on: refused where somebody has changed the role since. */
export async function changeRole(
  context: OperationContext,
  key: string,
  change: RoleChange,
  version?: number,
): Promise<object> {
  const model = await beginChange(context)
  const before = await findRole({ ...context, model }, key)
  await requireUnchangedRole(context, before, version, (role) => present(context, role))
  const { tx, locale, policy } = context
  const { label, description, position, ...rules } = change
  const role: RoleDefinition = {
    ...definitionOf(before.definition, rules),
    key,
    label: label === undefined ? before.definition.label : localized(label, locale, before.definition.label),
    description: textOf(description, locale, before.definition.description),
  }
  check(policy, rules, changedAdmin(before.definition, rules), model)
  await updateRole(tx, model.tenantId, role, position ?? before.position)
  await requireAdministrators(context)
  return presentRole({ ...context, model }, key)
}

export async function removeRole(context: OperationContext, key: string, version?: number): Promise<void> {
  const model = await beginChange(context)
  const before = await findRole({ ...context, model }, key)
  await requireUnchangedRole(context, before, version, (role) => present(context, role))
  const { definition, members } = before
  if (members > 0) {
    throw conflict(
      `${members} ${members === 1 ? 'member holds' : 'members hold'} this role. Give them another first.`,
      because('ROLE_HELD', 'role'),
    )
  }
  requireOwned(context.policy, definition.admin ?? [])
  await deleteRole(context.tx, model.tenantId, key)
  await requireAdministrators(context)
}

function check(
  policy: AccessPolicy,
  rules: RoleRules,
  handedOut: Pick<RoleDefinition, 'admin'>,
  model: OperationContext['model'],
): void {
  const problems = roleProblems(model, rules)
  if (problems.length > 0) throw validationError(problems)
  requireOwned(policy, handedOut.admin ?? [])
}

/** Administrative permissions that the change gives or takes. */
function changedAdmin(before: Pick<RoleDefinition, 'admin'>, { admin }: RoleRules): Pick<RoleDefinition, 'admin'> {
  if (admin === undefined) return {}
  const known = before.admin ?? []
  return { admin: [...admin.filter((one) => !known.includes(one)), ...known.filter((one) => !admin.includes(one))] }
}

/** A role with new rules; what is not given stays as it is, and null takes a limit away. */
export function definitionOf<R extends Omit<RoleDefinition, 'key' | 'label'>>(before: R, rules: RoleRules): R {
  const { objects, admin, depth, forbiddenPaths } = rules
  return {
    ...before,
    ...(objects && { objects: objects as RoleDefinition['objects'] }),
    ...(admin && { admin }),
    ...(forbiddenPaths && { forbiddenPaths }),
    ...(depth !== undefined && { depth: depth ?? undefined }),
  }
}

function textOf(
  given: string | LocalizedText | null | undefined,
  locale: string,
  before: LocalizedText | undefined,
): LocalizedText | undefined {
  if (given === null || given === '') return undefined
  return given === undefined ? before : localized(given, locale, before)
}

/** `Ward nurse` → `ward_nurse`. */
function keyOf(label: string | LocalizedText): string {
  const text = typeof label === 'string' ? label : label.en
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const key = plain.replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '')
  return key.slice(0, 50) || 'role'
}

function freeKey(key: string, taken: Map<string, unknown>): string {
  if (!taken.has(key)) return key
  for (let number = 2; ; number++) if (!taken.has(`${key}_${number}`)) return `${key}_${number}`
}

/**
 * The rules of a role as the matrix edits them: pure changes of the grants by object, and what two states of a role
 * differ in. `*` stands for every object that a role does not name; naming an object takes it out of `*` altogether.
 */
import type {
  ActionGrant,
  FieldAccess,
  Filter,
  ObjectAction,
  ObjectGrant,
  ObjectGrants,
  RelationRule,
  RoleRules,
  Scope,
} from '@oneforge/client'

export const actions: ObjectAction[] = ['read', 'create', 'update', 'delete', 'assign', 'import', 'export']
export const everyOther = '*'

/** From nothing to everything: the order in which a cell goes through them. */
export const scopes = [null, 'own', 'team', 'location', 'all'] as const satisfies (Scope | null)[]

export function nextScope(scope: Scope | null, step: 1 | -1 = 1): Scope | null {
  const index = scopes.indexOf(scope) + step
  return scopes[(index + scopes.length) % scopes.length] ?? null
}

/** What counts for the object: its own grant, else that of all others. */
export function grantFor(objects: ObjectGrants, slug: string): ObjectGrant {
  return objects[slug] ?? objects[everyOther] ?? {}
}

export function isNamed(objects: ObjectGrants, slug: string): boolean {
  return Object.hasOwn(objects, slug)
}

export function scopeOf(grant: ActionGrant | undefined): Scope | null {
  if (!grant) return null
  return typeof grant === 'string' ? grant : grant.scope
}

export function filterOf(grant: ActionGrant | undefined): Filter | null {
  return typeof grant === 'object' ? (grant.filter ?? null) : null
}

/** What is of no use to somebody who does not see the record. */
const needRead: ObjectAction[] = ['update', 'delete', 'assign', 'export']

/**
 * A filter of the action outlives a change of its scope. Who changes records must see them: seeing comes along with the
 * first such action, and takes all of them along when it goes.
 */
export function withScope(
  objects: ObjectGrants,
  slug: string,
  action: ObjectAction,
  scope: Scope | null,
): ObjectGrants {
  return changeGrant(objects, slug, (grant) => {
    const changed = withAction(grant, action, scope, filterOf(grant[action]))
    if (action === 'read' && !scope) return without(changed, needRead)
    return scope && needRead.includes(action) && !grant.read ? { ...changed, read: scope } : changed
  })
}

export function withFilter(
  objects: ObjectGrants,
  slug: string,
  action: ObjectAction,
  filter: Filter | null,
): ObjectGrants {
  return changeGrant(objects, slug, (grant) => withAction(grant, action, scopeOf(grant[action]), filter))
}

function without(grant: ObjectGrant, left: ObjectAction[]): ObjectGrant {
  return Object.fromEntries(Object.entries(grant).filter(([key]) => !left.includes(key as ObjectAction)))
}

function withAction(grant: ObjectGrant, action: ObjectAction, scope: Scope | null, filter: Filter | null): ObjectGrant {
  const { [action]: _before, ...others } = grant
  if (!scope) return others
  return { ...others, [action]: filter ? { scope, filter } : scope }
}

/** A role that reads an object shows and changes every field that it does not name, so `write` needs no entry. */
export function withField(objects: ObjectGrants, slug: string, field: string, access: FieldAccess): ObjectGrants {
  return changeGrant(objects, slug, ({ fields, ...grant }) => {
    const { [field]: _before, ...others } = fields ?? {}
    const named = access === 'write' ? others : { ...others, [field]: access }
    return Object.keys(named).length ? { ...grant, fields: named } : grant
  })
}

export function fieldAccess(grant: ObjectGrant, field: string): FieldAccess {
  return grant.fields?.[field] ?? 'write'
}

/** A rule that restricts nothing is left out. */
export function withRelation(
  objects: ObjectGrants,
  slug: string,
  relation: string,
  change: RelationRule,
): ObjectGrants {
  return changeGrant(objects, slug, ({ relations, ...grant }) => {
    const { [relation]: before, ...others } = relations ?? {}
    const rule = meaningful({ ...before, ...change })
    const named = Object.keys(rule).length ? { ...others, [relation]: rule } : others
    return Object.keys(named).length ? { ...grant, relations: named } : grant
  })
}

function meaningful({ follow, depth, fields }: RelationRule): RelationRule {
  if (follow === false) return { follow: false }
  return { ...(depth === undefined ? {} : { depth }), ...(fields === undefined ? {} : { fields }) }
}

/** From now on the object is one of all others again. */
export function withoutObject(objects: ObjectGrants, slug: string): ObjectGrants {
  const { [slug]: _before, ...others } = objects
  return others
}

/** An object that was one of all others starts from what they are allowed; its fields and relations are its own. */
function changeGrant(objects: ObjectGrants, slug: string, change: (grant: ObjectGrant) => ObjectGrant): ObjectGrants {
  const next = change(grantFor(objects, slug))
  const isNothing = Object.keys(next).length === 0 && !isNamed(objects, everyOther)
  return isNothing || (slug === everyOther && Object.keys(next).length === 0)
    ? withoutObject(objects, slug)
    : { ...objects, [slug]: next }
}

export type RoleChange =
  | { kind: 'action'; object: string; action: ObjectAction; before: ActionGrant | null; after: ActionGrant | null }
  | { kind: 'field'; object: string; field: string; before: FieldAccess; after: FieldAccess }
  | { kind: 'relation'; object: string; relation: string }
  | { kind: 'admin'; permission: string; given: boolean }
  | { kind: 'depth'; before: number | null; after: number | null }
  | { kind: 'path'; path: string; closed: boolean }

/** What saving would change, in the order of the page; an object that merely got a name of its own is no change. */
export function changesBetween(before: RoleRules, after: RoleRules): RoleChange[] {
  const slugs = [...new Set([...Object.keys(before.objects), ...Object.keys(after.objects)])]
  return [
    ...slugs.flatMap((slug) => grantChanges(slug, grantFor(before.objects, slug), grantFor(after.objects, slug))),
    ...listChanges(before.admin, after.admin).map(
      ([permission, given]) => ({ kind: 'admin', permission, given }) as const,
    ),
    ...(before.depth === after.depth ? [] : [{ kind: 'depth', before: before.depth, after: after.depth } as const]),
    ...listChanges(before.forbiddenPaths, after.forbiddenPaths).map(
      ([path, closed]) => ({ kind: 'path', path, closed }) as const,
    ),
  ]
}

function grantChanges(object: string, before: ObjectGrant, after: ObjectGrant): RoleChange[] {
  const changed = actions.filter((action) => differ(before[action], after[action]))
  const fields = keysOf(before.fields, after.fields)
  const relations = keysOf(before.relations, after.relations)
  return [
    ...changed.map(
      (action) =>
        ({ kind: 'action', object, action, before: before[action] ?? null, after: after[action] ?? null }) as const,
    ),
    ...fields
      .map(
        (field) =>
          ({
            kind: 'field',
            object,
            field,
            before: fieldAccess(before, field),
            after: fieldAccess(after, field),
          }) as const,
      )
      .filter((change) => change.before !== change.after),
    ...relations
      .filter((relation) => differ(before.relations?.[relation], after.relations?.[relation]))
      .map((relation) => ({ kind: 'relation', object, relation }) as const),
  ]
}

/** Only the parts of the rules that were changed: what a request carries. */
export function changedParts(before: RoleRules, after: RoleRules): Partial<RoleRules> {
  const parts = ['objects', 'admin', 'depth', 'forbiddenPaths'] as const
  return Object.fromEntries(
    parts.filter((part) => differ(before[part], after[part])).map((part) => [part, after[part]]),
  )
}

function listChanges(before: string[], after: string[]): [string, boolean][] {
  const added = after.filter((entry) => !before.includes(entry))
  const removed = before.filter((entry) => !after.includes(entry))
  return [
    ...added.map((entry): [string, boolean] => [entry, true]),
    ...removed.map((entry): [string, boolean] => [entry, false]),
  ]
}

const keysOf = (...maps: (object | undefined)[]): string[] => [
  ...new Set(maps.flatMap((map) => Object.keys(map ?? {}))),
]

const differ = (a: unknown, b: unknown): boolean => stable(a) !== stable(b)

/** JSON whose keys are in order, so that the way to a state does not matter. */
function stable(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      inner && typeof inner === 'object' && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? ''
  )
}

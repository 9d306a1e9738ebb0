/**
 * Each place where access is decided, and what it looks like with the decision taken out. A server with any one of these
 * must be caught by some probe; a new predicate belongs in this list. What only repeats another decision in case that
 * one is forgotten cannot be caught over HTTP and is not here (`mayExpression` without any grant, see reach.test.ts).
 */
export interface Mutant {
  /** Under packages/. */
  file: string
  find: string
  replace: string
}

const access = (file: string, find: string, replace: string): Mutant => ({
  file: `kernel/access/${file}.ts`,
  find,
  replace,
})
const records = (file: string, find: string, replace: string): Mutant => ({
  file: `kernel/records/${file}.ts`,
  find,
  replace,
})

export const mutants: Mutant[] = [
  // Which rows
  access('reach', "if (scope === 'all') return undefined", 'return undefined'),
  access('reach', "scope === 'team' ? seer.colleagues : []", 'seer.colleagues'),
  access('reach', "scope === 'team' ? seer.colleagues : []", '[]'),
  access('reach', "if (scope !== 'location' || seer.locations.length === 0) return own", 'return own'),
  access('reach', 'if (grant.locations) parts.push', 'if (false) parts.push'),
  access('reach', 'return located ? inside', 'return false ? inside'),
  access('reach', 'if (grant.condition) parts.push', 'if (false) parts.push'),
  access('reach', 'if (reach.denied.length === 0) return granted', 'return granted'),
  access(
    'reach',
    "grant.scope === 'all' && grant.condition === undefined && grant.locations === null",
    "grant.scope === 'all' && grant.condition === undefined",
  ),
  access('reach', "grant.scope === 'all' && grant.condition === undefined", "grant.scope === 'all'"),
  access('reach', 'reach.denied.length === 0 && reach.granted.some(isUnlimited)', 'true'),
  access('rights', 'const locations = everywhere ? null', 'const locations = true ? null'),
  access('rights', "if (effect !== 'deny' ||", 'if (true ||'),
  access('rights', "exception.effect === 'grant'", 'false'),
  access(
    'member.store',
    'with recursive mine as (',
    'with mine as (select null::uuid as team_id, 1 as level union all ',
  ),
  // Which fields
  access('fields', 'if (explicit !== undefined) return', 'if (false) return'),
  access('fields', 'const access = denied ? lower(best, denied.rule.access) : best', 'const access = best'),
  access('policy', "(access.fields.get(key) ?? 'write') : 'hidden'", "'write' : 'hidden'"),
  access('policy', "if (effect === 'deny' && rule.kind === 'admin')", 'if (false)'),
  access('policy', 'if (!policy.admin.has(permission)) {', 'if (false) {'),
  access('ways', 'if (relations.length > policy.depth) return undefined', ''),
  access('ways', '|| rest.length > access.depth ||', '||'),
  access('ways', '(seen && !seen.has(key))', 'false'),
  access('ways', 'policy.forbiddenPaths.some(', '[].some('),
  access('ways', '(seen?.has(key) ?? true) &&', ''),
  access('ways', "&& fieldAccess(policy, arrived, key) !== 'hidden'", ''),
  access('relations', 'if (denied || following.length === 0)', 'if (following.length === 0)'),
  access('relations', 'filter((rule) => rule.follow !== false)', 'filter(() => true)'),
  access('filter-access', "fieldAccess(policy, object, key) !== 'hidden'", 'true'),
  access('filter-access', 'reach ? rowCondition(policy, reach, alias)', 'reach ? undefined'),
  access('filter-access', 'followWay(policy, model, from, relations)?.sees', '() => true'),
  // Where the record store applies them
  records('list', "rowCondition(context.policy, reach, 'r'),", 'undefined,'),
  records('list', 'exportLimit(context, object, action),', 'undefined,'),
  records('read', 'return condition ? sql`and', 'return false ? sql`and'),
  records('read', 'const limit = rowCondition', 'const limit = false && rowCondition'),
  records('row', 'return condition ? [sql`and (t.object_id', 'return false ? [sql`and (t.object_id'),
  records('row', 'titled ? title : null', 'title'),
  records('row', 'shown.title ? row.title : null', 'row.title'),
  records('shown', 'if (!sees(field.key)) return []', ''),
  records('search', 'seen.length === searched.length ? [anywhere]', 'true ? [anywhere]'),
  records('search', "limits = [rowCondition(context.policy, reach, 'r'),", 'limits = [undefined,'),
  records('lock', "andReached(context, reach, 'r')", 'sql``'),
  records('lock', 'if (!locked.may[action]) throw', 'if (false) throw'),
  records('change', 'if (!before.may.update) return', 'if (false) return'),
  records('change', '!before.may.assign', 'false'),
  records('trash', '!record.may.delete', 'false'),
  records('creation', "return (reach && rowCondition(policy, reach, 'r')) ?? []", 'return []'),
  records('create', 'if (outside.size > 0) throw', 'if (false) throw'),
  records('create', 'if (outside.size > 0) {', 'if (false) {'),
  records('references', "mayExpression(policy, object, 'read', 'r')", 'sql`true`'),
  records('history', 'if (!isShown(context, object, key)) return []', ''),
  records('history', 'ids = rows.flatMap', 'ids = [].flatMap'),
  records('history', 'values.map((value) => onlySeen(value, seen))', 'values'),
  records('relations', "if (!arrival) return 'hidden'", "if (!arrival) return 'write'"),
  records('input', "accessOfField(context, object, field) !== 'hidden')", 'true)'),
  records('input', "if (accessOfField(context, object, field) === 'read') {", 'if (false) {'),
  records('aggregate', "fieldAccess(context.policy, object, key) !== 'hidden'", 'true'),
  records(
    'sort',
    "if (!field || fieldAccess(policy, object, name) === 'hidden') return undefined",
    'if (!field) return undefined',
  ),
  // Looking with somebody else’s eyes
  { file: 'kernel/operations/view-as.ts', find: 'if (lacking) {', replace: 'if (false) {' },
  { file: 'kernel/operations/view-as.ts', find: "operation.kind === 'command' ||", replace: 'false ||' },
  { file: 'kernel/operations/runner.ts', find: 'return { ...caller, member: viewed }', replace: 'return caller' },
  {
    file: 'kernel/operations/runner.ts',
    find: "requireAdmin(this.admission.policyOf(model, member, facts), 'users')",
    replace: '',
  },
  {
    file: 'modules/access/guards.ts',
    find: "if (policy.admin.has('users') || policy.admin.has('roles')) return",
    replace: 'return',
  },
]

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
  access('fields', "named(key) ?? 'write' : saidByAll", "'write' : saidByAll"),
  access('fields', "named(key) ?? 'write' : saidByAll", "named(key) ?? 'write' : () => 'write' as const"),
  access('fields', '.reduce(lower, accessIn(best, field))', '.reduce((first) => first, accessIn(best, field))'),
  // Which fields of which rows
  access('reach', 'return scope && places && filter', 'return places && filter'),
  access('reach', 'return scope && places && filter', 'return scope && filter'),
  access('reach', 'return scope && places && filter', 'return scope && places'),
  access('differing', "(_, index) => voices[index] === '1'", '() => true'),
  access(
    'differing',
    'const digits = differing.voices.map(',
    'const digits = differing.voices.map(() => sql`1`), _ = differing.voices.map(',
  ),
  access('differing', 'const conditions = showing.map(', 'const conditions = [sql`true`], _ = showing.map('),
  access('fields', 'const access = denied ? lower(best, denied.rule.access) : best', 'const access = best'),
  access('policy', "(access.fields.get(key) ?? 'write') : 'hidden'", "'write' : 'hidden'"),
  access('policy', "if (effect === 'deny' && rule.kind === 'admin')", 'if (false)'),
  access('policy', 'if (!policy.admin.has(permission)) {', 'if (false) {'),
  access('ways', 'if (relations.length > policy.depth) return undefined', ''),
  access('ways', '|| rest.length > access.depth ||', '||'),
  access('ways', '(seen && !seen.has(key))', 'false'),
  access('ways', 'return forbiddenPaths.some(', 'return [].some('),
  access('ways', '(seen?.has(key) ?? true) &&', ''),
  access('ways', "&& fieldAccess(here, arrived, key) !== 'hidden'", ''),
  access('relations', 'if (denied || following.length === 0)', 'if (following.length === 0)'),
  access('relations', 'filter((rule) => rule.follow !== false)', 'filter(() => true)'),
  access('filter-access', "fieldAccess(atBest(policy), object, key) !== 'hidden'", 'true'),
  access('filter-access', 'reach ? rowCondition(policy, reach, alias)', 'reach ? undefined'),
  access('filter-access', 'followWay(policy, model, from, relations)?.sees', '() => true'),
  // Where the record store applies them
  records('list', "rowCondition(context.policy, reach, 'r'),", 'undefined,'),
  records('list', 'exportLimit(context, object, action),', 'undefined,'),
  records('read', 'return condition ? sql`and', 'return false ? sql`and'),
  records('include', 'const limit = rowCondition', 'const limit = false && rowCondition'),
  records('link-list', "rowCondition(policy, scopeOf(policy, target, 'read')!, 'r')", 'undefined'),
  records('row', 'return condition ? [sql`and (t.object_id', 'return false ? [sql`and (t.object_id'),
  records('row', 'titled.get(objectId) ? title : null', 'title'),
  records('row', 'shown.title ? row.title : null', 'row.title'),
  records('shown', 'if (!sees(field.key, voices)) return []', ''),
  records('seen', "const seen = seenCondition(policy, object, key, 'r')", 'const seen = undefined'),
  records('list', "seen: (key) => seenCondition(context.policy, object, key, 'r'),", ''),
  records('search', "seenCondition(policy, object, key, 'r')", 'undefined'),
  records('search', 'everywhere ? [anywhere]', 'true ? [anywhere]'),
  records('search', "limits = [rowCondition(context.policy, reach, 'r'),", 'limits = [undefined,'),
  records('lock', "andReached(context, reach, 'r')", 'sql``'),
  records('lock', 'if (!locked.may[action]) throw', 'if (false) throw'),
  records('change', 'if (!before.may.update) return', 'if (false) return'),
  records('change', '!before.may.assign', 'false'),
  records('trash', '!record.may.delete', 'false'),
  records('creation', "return (reach && rowCondition(policy, reach, 'r')) ?? []", 'return []'),
  records('creation', 'if (!within) return', 'if (false) return'),
  records('creation', 'if (closed.length === 0) return', 'if (true) return'),
  records('create', 'if (refusal) throw', 'if (false) throw'),
  records('create', 'if (refusals.size > 0) {', 'if (false) {'),
  // Where a change leaves the record
  records('staying', "rowCondition(policy, reach, 'held') ?? []", '[]'),
  records('staying', ', ...reaches.map(placesOf)]', ']'),
  records('staying', "[scopeOf(policy, object, 'read')!, ", '['),
  records('staying', 'select raise_problem(', 'select jsonb_array_length('),
  access('reach', "grants.some(isPlace) ? ['locationId'] : []", '[]'),
  access('reach', 'condition ? namesIn(condition) : []', '[]'),
  access('reach', 'if (path[0]) return [path[0].relation.key]', ''),
  records('references', "mayExpression(policy, object, 'read', 'r')", 'sql`true`'),
  records('history', 'if (!isShown(key)) return []', ''),
  records('history', 'policy: forRecord(policy, object, voices)', 'policy: atBest(policy)'),
  records(
    'change',
    'policy: forRecord(context.policy, object, before?.row.voices)',
    'policy: { ...context.policy, objects: new Map([...context.policy.objects].map(([slug, access]) => [slug, { ...access, fields: new Map() }])) }',
  ),
  records('history', 'const ids = rows\n', 'const ids = [].concat(rows).slice(0, 0)\n'),
  records('history', 'values.map((value) => onlySeen(value, seen))', 'values'),
  records('relations', "if (!arrival) return 'hidden'", "if (!arrival) return 'write'"),
  records('input', "accessOfField(context, object, field) !== 'hidden')", 'true)'),
  records('input', "if (accessOfField(context, object, field) === 'read') {", 'if (false) {'),
  records('aggregate', "fieldAccess(atBest(context.policy), object, key) !== 'hidden'", 'true'),
  records(
    'sort',
    "if (!field || fieldAccess(atBest(policy), object, name) === 'hidden') return undefined",
    'if (!field) return undefined',
  ),
  // Handing rights out
  { file: 'modules/access/handing-out.ts', find: 'if (action) throw lacking', replace: 'if (false) throw lacking' },
  {
    file: 'modules/access/explanation.ts',
    find: 'voices.filter(({ grant }) => matches.has(grant))',
    replace: 'voices',
  },
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

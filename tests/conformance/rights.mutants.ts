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
  /** Name of the probe that notices it; it is tried first. */
  noticedBy: string
}

const access = (file: string, find: string, replace: string, noticedBy: string): Mutant => ({
  file: `kernel/access/${file}.ts`,
  find,
  replace,
  noticedBy,
})
const records = (file: string, find: string, replace: string, noticedBy: string): Mutant => ({
  file: `kernel/records/${file}.ts`,
  find,
  replace,
  noticedBy,
})

export const mutants: Mutant[] = [
  // Which rows
  access('reach', "if (scope === 'all') return undefined", 'return undefined', 'dora: a hidden field'),
  access('reach', "scope === 'team' ? seer.colleagues : []", 'seer.colleagues', 'pat: list'),
  access('reach', "scope === 'team' ? seer.colleagues : []", '[]', 'tim: list'),
  access(
    'reach',
    "if (scope !== 'location' || seer.locations.length === 0) return own",
    'return own',
    'nora: to another location',
  ),
  access('reach', 'if (grant.locations) parts.push', 'if (false) parts.push', 'lou: secrets by /cases?limit=200'),
  access('reach', 'return located ? inside', 'return false ? inside', 'lou: secrets by /cases?limit=200'),
  access('reach', 'if (grant.condition) parts.push', 'if (false) parts.push', 'dora: a hidden field'),
  access('reach', 'if (reach.denied.length === 0) return granted', 'return granted', 'dora: list'),
  access(
    'reach',
    "grant.scope === 'all' && grant.condition === undefined && grant.locations === null",
    "grant.scope === 'all' && grant.condition === undefined",
    'sam: to another location',
  ),
  access(
    'reach',
    "grant.scope === 'all' && grant.condition === undefined",
    "grant.scope === 'all'",
    'dora: a hidden field',
  ),
  access(
    'reach',
    'reach.denied.length === 0 && reach.granted.some(isUnlimited)',
    'true',
    'olga: number in the sidebar',
  ),
  access(
    'rights',
    'const locations = everywhere ? null',
    'const locations = true ? null',
    'lou: secrets by /cases?limit=200',
  ),
  access('rights', "if (effect !== 'deny' ||", 'if (true ||', 'dora: a hidden field'),
  access('rights', "exception.effect === 'grant'", 'false', 'ruth: secret of zcase2'),
  access(
    'member.store',
    'with recursive mine as (',
    'with mine as (select null::uuid as team_id, 1 as level union all ',
    'hana: a hidden field',
  ),
  // Which fields
  access('fields', "named(key) ?? 'write' : saidByAll", "'write' : saidByAll", 'hana: a hidden field'),
  access(
    'fields',
    "named(key) ?? 'write' : saidByAll",
    "named(key) ?? 'write' : () => 'write' as const",
    'ruth: secrets by /cases?limit=200',
  ),
  access(
    'fields',
    '.reduce(lower, accessIn(best, field))',
    '.reduce((first) => first, accessIn(best, field))',
    'vera: secrets by /cases?limit=200',
  ),
  // Which fields of which rows
  access('reach', 'return scope && places && filter', 'return places && filter', 'vera: secrets by /cases?limit=200'),
  access('reach', 'return scope && places && filter', 'return scope && filter', 'lou: secrets by /cases?limit=200'),
  access('reach', 'return scope && places && filter', 'return scope && places', 'ivan: secrets by /cases?limit=200'),
  access('differing', "(_, index) => voices[index] === '1'", '() => true', 'vera: secrets by /cases?limit=200'),
  access(
    'differing',
    'const digits = differing.voices.map(',
    'const digits = differing.voices.map(() => sql`1`), _ = differing.voices.map(',
    'vera: secrets by /cases?limit=200',
  ),
  access(
    'differing',
    'const conditions = showing.map(',
    'const conditions = [sql`true`], _ = showing.map(',
    'vera: secret of zcase0',
  ),
  access(
    'fields',
    'const access = denied ? lower(best, denied.rule.access) : best',
    'const access = best',
    'dora: a hidden field',
  ),
  access('policy', "(access.fields.get(key) ?? 'write') : 'hidden'", "'write' : 'hidden'", 'hana: a hidden field'),
  access(
    'policy',
    "if (effect === 'deny' && rule.kind === 'admin')",
    'if (false)',
    'dora: a permission that is denied',
  ),
  access('policy', 'if (!policy.admin.has(permission)) {', 'if (false) {', 'who may not view as somebody else'),
  access('ways', 'if (relations.length > policy.depth) return undefined', '', 'walt: closed ways'),
  access('ways', '|| rest.length > access.depth ||', '||', 'walt: closed ways'),
  access('ways', '(seen && !seen.has(key))', 'false', 'walt: closed ways'),
  access('ways', 'return forbiddenPaths.some(', 'return [].some(', 'walt: closed ways'),
  access('ways', '(seen?.has(key) ?? true) &&', '', 'walt: closed ways'),
  access('ways', "&& fieldAccess(here, arrived, key) !== 'hidden'", '', 'hana: a hidden field'),
  access(
    'relations',
    'if (denied || following.length === 0)',
    'if (following.length === 0)',
    'dora: a relation that is denied',
  ),
  access('relations', 'filter((rule) => rule.follow !== false)', 'filter(() => true)', 'walt: closed ways'),
  access('filter-access', "fieldAccess(atBest(policy), object, key) !== 'hidden'", 'true', 'hana: a hidden field'),
  access(
    'filter-access',
    'reach ? rowCondition(policy, reach, alias)',
    'reach ? undefined',
    'olga: filter over a relation',
  ),
  access(
    'filter-access',
    'followWay(policy, model, from, relations)?.sees',
    '() => true',
    'vera: secrets that are not seen count as absent',
  ),
  // Where the record store applies them
  records('list', "rowCondition(context.policy, reach, 'r'),", 'undefined,', 'stan: as olga'),
  records('list', 'exportLimit(context, object, action),', 'undefined,', 'dora: export'),
  records('read', 'return condition ? sql`and', 'return false ? sql`and', 'olga: zcase1'),
  records(
    'include',
    'const limit = rowCondition',
    'const limit = false && rowCondition',
    'olga: column over a relation',
  ),
  records(
    'link-list',
    "rowCondition(policy, scopeOf(policy, target, 'read')!, 'r')",
    'undefined',
    'olga: links of an agent',
  ),
  records(
    'row',
    'return condition ? [sql`and (t.object_id',
    'return false ? [sql`and (t.object_id',
    'tim: titles of relations',
  ),
  records('row', 'titled.get(objectId) ? title : null', 'title', 'uma: no titles at the other side'),
  records('row', 'shown.title ? row.title : null', 'row.title', 'uma: no titles at the other side'),
  records('shown', 'if (!sees(field.key, voices)) return []', '', 'hana: a hidden field'),
  records(
    'seen',
    "const seen = seenCondition(policy, object, key, 'r')",
    'const seen = undefined',
    'vera: order and sums of secrets',
  ),
  records('filtering', "seen: (key) => seenCondition(context.policy, object, key, 'r'),", '', 'vera: secret of zcase0'),
  records('search/conditions', "seenCondition(policy, object, key, 'r')", 'undefined', 'vera: secret of zcase0'),
  records(
    'search/conditions',
    'if (seesAllText(context.policy, object)) return []',
    'return []',
    'hana: a hidden field',
  ),
  records(
    'search/everything',
    "limits = [rowCondition(policy, scopeOf(policy, object, 'read')!, 'r'),",
    'limits = [undefined,',
    'olga: search everywhere',
  ),
  records('lock', "andReached(context, reach, 'r')", 'sql``', 'olga: update'),
  records('lock', 'if (!locked.may[action]) throw', 'if (false) throw', 'fred: update'),
  records('change-many', 'if (!before.may.update) return', 'if (false) return', 'fred: update in bulk'),
  records('change', '!before.may.assign', 'false', 'fred: assign'),
  records('trash', 'else if (!record.may.delete)', 'else if (false)', 'fred: delete'),
  records(
    'creation',
    "return (reach && rowCondition(policy, reach, 'r')) ?? []",
    'return []',
    'olga: create elsewhere',
  ),
  records('creation', 'if (!within) return', 'if (false) return', 'olga: create elsewhere'),
  records('creation', 'if (closed.length === 0) return', 'if (true) return', 'vera: create elsewhere'),
  records('create', 'if (refusal) throw', 'if (false) throw', 'olga: create elsewhere'),
  records('create', 'if (refusals.size > 0) {', 'if (false) {', 'olga: create elsewhere'),
  // Where a change leaves the record
  records('staying', "rowCondition(policy, reach, 'held') ?? []", '[]', 'sam: to another location'),
  records('staying', ', ...reaches.map(placesOf)]', ']', 'lou: to another location'),
  records('staying', "[scopeOf(policy, object, 'read')!, ", '[', 'fred: below the least score'),
  records('staying', 'select raise_problem(', 'select jsonb_array_length(', 'sam: to another location'),
  access('reach', "grants.some(isPlace) ? ['locationId'] : []", '[]', 'sam: to another location'),
  access('reach', 'condition ? namesIn(condition) : []', '[]', 'fred: below the least score'),
  access('reach', 'if (path[0]) return [path[0].relation.key]', '', 'lars: to nobody who leads'),
  records('references', "mayExpression(policy, object, 'read', 'r')", 'sql`true`', 'olga: point to what is not seen'),
  records('history', 'if (!isShown(key)) return []', '', 'hana: a hidden field'),
  records('history', 'policy: forRecord(policy, object, voices)', 'policy: atBest(policy)', 'vera: secret of zcase0'),
  records(
    'change',
    'policy: forRecord(context.policy, object, before?.row.voices)',
    'policy: { ...context.policy, objects: new Map([...context.policy.objects].map(([slug, access]) => [slug, { ...access, fields: new Map() }])) }',
    'hana: a hidden field',
  ),
  records(
    'history',
    'const ids = rows\n',
    'const ids = [].concat(rows).slice(0, 0)\n',
    'olga: links in the history of an agent',
  ),
  records(
    'history',
    'if (relation) return onlySeen(relation, value, seen)',
    'if (relation) return value',
    'olga: links in the history of an agent',
  ),
  records('relations', "if (!arrival) return 'hidden'", "if (!arrival) return 'write'", 'walt: closed ways'),
  records('input', "accessOfField(context, object, field) !== 'hidden')", 'true)', 'hana: a hidden field'),
  records('input', "if (accessOfField(context, object, field) === 'read') {", 'if (false) {', 'hana: a hidden field'),
  records('grouping', "fieldAccess(atBest(context.policy), object, key) !== 'hidden'", 'true', 'hana: a hidden field'),
  records(
    'sort',
    "if (!field || fieldAccess(atBest(policy), object, name) === 'hidden') return undefined",
    'if (!field) return undefined',
    'hana: a hidden field',
  ),
  // Handing rights out
  {
    file: 'modules/access/handing-out.ts',
    find: 'if (action) throw lacking',
    replace: 'if (false) throw lacking',
    noticedBy: 'stan: giving what he does not have',
  },
  {
    file: 'modules/access/explanation.ts',
    find: 'voices.filter(({ grant }) => matches.has(grant))',
    replace: 'voices',
    noticedBy: 'vera: secret of zcase0',
  },
  // Looking with somebody else’s eyes
  {
    file: 'kernel/operations/view-as.ts',
    find: 'if (lacking) {',
    replace: 'if (false) {',
    noticedBy: 'who may not view as somebody else',
  },
  {
    file: 'kernel/operations/view-as.ts',
    find: "operation.kind === 'command' ||",
    replace: 'false ||',
    noticedBy: 'stan: as olga, writing',
  },
  {
    file: 'kernel/operations/runner.ts',
    find: 'return { ...caller, member: viewed }',
    replace: 'return caller',
    noticedBy: 'stan: as olga',
  },
  {
    file: 'kernel/operations/runner.ts',
    find: "requireAdmin(this.admission.policyOf(model, member, facts), 'users')",
    replace: '',
    noticedBy: 'who may not view as somebody else',
  },
  {
    file: 'modules/access/guards.ts',
    find: "if (policy.admin.has('users') || policy.admin.has('roles')) return",
    replace: 'return',
    noticedBy: 'dora: somebody else’s rights',
  },
]

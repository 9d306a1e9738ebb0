/** What the operations on roles, members and teams take and answer. */
import { adminPermissions, fieldAccesses, maxDepth, objectActions, scopes } from '@oneforge/kernel/metadata'
import { z } from 'zod'

const maxLabel = 100
const plain = z.string().trim().min(1, 'cannot be empty').max(maxLabel, `takes at most ${maxLabel} characters`)
const localizedText = z.object({ en: z.string() }).catchall(z.string()).meta({ id: 'LocalizedText' })

/** One string, stored under the caller's language, or one per language with English among them. */
const text = z.union([plain, z.object({ en: plain }).catchall(plain)], {
  error: 'must be a text or an object with a text per language, such as {"en": "Nurse", "es": "Enfermería"}',
})
const longText = z.union([z.string().max(500), z.object({ en: z.string().max(500) }).catchall(z.string().max(500))])

const scope = z.enum(scopes, { error: `must be one of ${scopes.join(', ')}` })
const action = z.enum(objectActions, { error: `must be one of ${objectActions.join(', ')}` })
const fieldAccess = z.enum(fieldAccesses, { error: `must be one of ${fieldAccesses.join(', ')}` })
const permission = z.enum(adminPermissions, { error: `must be one of ${adminPermissions.join(', ')}` })
const depth = z.int().min(0).max(maxDepth, `must be a whole number from 0 to ${maxDepth}`)

const actionGrant = z
  .union([scope, z.strictObject({ scope, filter: z.unknown().optional() })], {
    error: `must be one of ${scopes.join(', ')}, or {"scope", "filter"}`,
  })
  .meta({ id: 'ActionGrant' })

const relationRule = z
  .strictObject({
    follow: z.boolean(),
    depth: depth.min(1),
    fields: z.array(z.string()).max(500),
  })
  .partial()

const objectGrant = z
  .strictObject({
    ...(Object.fromEntries(objectActions.map((name) => [name, actionGrant])) as Record<
      (typeof objectActions)[number],
      typeof actionGrant
    >),
    fields: z.record(z.string(), fieldAccess),
    relations: z.record(z.string(), relationRule),
  })
  .partial()
  .meta({ id: 'ObjectGrant' })

/** What a role allows. */
const rules = {
  objects: z.record(z.string(), objectGrant).describe('By object slug; * stands for every object that is not named.'),
  admin: z.array(z.union([permission, z.literal('*')])).describe('Administrative permissions; * is all of them.'),
  depth: depth.nullable().describe('How many relations may be followed one after the other.'),
  forbiddenPaths: z
    .array(z.string())
    .max(200)
    .describe('Ways over relations that are closed: patients.primary_doctor.department'),
}
export const roleRules = z.strictObject(rules).partial()
export type RoleRules = z.output<typeof roleRules>

export const roleKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,59}$/, 'must be small letters, digits and underscores, beginning with a letter')

export const newRole = z.strictObject({
  ...roleRules.shape,
  key: roleKey.optional(),
  label: text,
  description: longText.nullish(),
  copyOf: z.string().optional().describe('Takes over what is not given.'),
})
export type NewRole = z.output<typeof newRole>

export const roleChange = z.strictObject({
  ...roleRules.shape,
  label: text.optional(),
  description: longText.nullish(),
  position: z.int().min(0).max(10_000).optional(),
})
export type RoleChange = z.output<typeof roleChange>

export const rolePreviewInput = z.strictObject({ ...roleRules.shape, delete: z.boolean().optional() })

export const role = z
  .object({
    ...rules,
    key: z.string(),
    label: z.string(),
    labels: localizedText,
    description: z.string().nullable(),
    descriptions: localizedText.nullable(),
    position: z.int(),
    members: z.int().describe('How many members hold it.'),
    version: z.int().describe('Grows with every change of the role; for If-Match.'),
  })
  .meta({ id: 'Role' })

export const vocabulary = z.object({
  actions: z.array(z.string()),
  scopes: z.array(z.string()),
  fieldAccess: z.array(z.string()),
  admin: z.array(z.object({ key: z.string(), label: z.string() })),
  maxDepth: z.int(),
})

export const administratorQuery = z.object({
  permission: permission.optional().describe('Those who can give this permission: it takes having it oneself.'),
})
export const administrator = z.object({ userId: z.uuid(), name: z.string(), email: z.string() })

const heldRole = z.object({ key: z.string(), label: z.string(), locationId: z.uuid().nullable() })
const teamName = z.object({ id: z.uuid(), name: z.string() })
const status = z.string().describe('active, deactivated or left')

export const memberSummary = z
  .object({
    userId: z.uuid(),
    name: z.string(),
    email: z.string(),
    status,
    roles: z.array(heldRole),
    exceptions: z.int(),
    teams: z.array(teamName),
  })
  .meta({ id: 'MemberAccess' })

const filterOf = { scope, filter: z.unknown().optional() }

const effect = z.enum(['grant', 'deny'])
const reason = z.string().trim().max(500).nullish().describe('Why, for those who look at it later.')
const beside = { effect, reason }

/** One thing that a person may or may not do beside their roles. */
export const newException = z.discriminatedUnion('kind', [
  z.strictObject({ ...beside, ...filterOf, kind: z.literal('action'), object: z.string(), action }),
  z.strictObject({ ...beside, kind: z.literal('field'), object: z.string(), field: z.string(), access: fieldAccess }),
  z.strictObject({ ...beside, kind: z.literal('relation'), object: z.string(), relation: z.string() }),
  z.strictObject({ ...beside, kind: z.literal('admin'), permission }),
])
export type NewException = z.output<typeof newException>

export const exception = z
  .looseObject({
    id: z.uuid(),
    effect,
    kind: z.enum(['action', 'field', 'relation', 'admin']),
    reason: z.string().nullable(),
    createdAt: z.iso.datetime(),
    createdBy: z.object({ id: z.uuid().nullable(), name: z.string() }),
  })
  .describe('With the parts of its kind: object and action, scope, filter; field, access; relation; or permission.')
  .meta({ id: 'AccessException' })

export const memberDetail = memberSummary
  .extend({ exceptions: z.array(exception), locations: z.array(z.uuid()) })
  .meta({ id: 'MemberAccessDetail' })

export const heldRoles = z
  .array(z.strictObject({ key: z.string(), locationId: z.uuid('must be the id of a location').nullish() }))
  .min(1, 'needs at least one role; deactivate the member instead')
  .max(100)
export type HeldRoles = z.output<typeof heldRoles>

export const newTeam = z.strictObject({ name: plain, parentId: z.uuid().nullish() })
export const teamChange = newTeam.partial()
export const team = z
  .object({
    id: z.uuid(),
    name: z.string(),
    parentId: z.uuid().nullable(),
    members: z.array(z.object({ userId: z.uuid(), name: z.string() })),
    memberCount: z.int(),
  })
  .meta({ id: 'Team' })

const source = z
  .looseObject({ kind: z.enum(['role', 'exception', 'computed', 'system']) })
  .describe('A role with key, label and locations (null: everywhere), or an exception with its id.')
  .meta({ id: 'RightSource' })
const granted = z.object({ scope, filter: z.unknown().nullable(), by: source })
const grantedHere = granted.extend({ matches: z.boolean() })
const fieldRight = z.object({
  key: z.string(),
  label: z.string(),
  access: fieldAccess,
  by: z.array(source).describe('Who gives exactly this access.'),
  limitedBy: source.nullable().describe('The denial that takes something away.'),
})
const fieldRightAtBest = fieldRight.extend({
  least: fieldAccess.describe('On every record; less than `access` where some records show more than others.'),
})
const relationRight = z.object({
  key: z.string(),
  label: z.string(),
  object: z.string(),
  follow: z.boolean(),
  depth: z.int(),
  fields: z.array(z.string()).nullable().describe('Seen at the other side; null is all that the roles show there.'),
})

export const effectiveAccess = z
  .object({
    userId: z.uuid(),
    name: z.string(),
    email: z.string(),
    roles: z.array(heldRole),
    teams: z.array(teamName),
    colleagues: z.int(),
    locations: z.array(z.uuid()),
    admin: z.array(z.object({ permission, by: z.array(source) })),
    objects: z.array(
      z.object({
        object: z.string(),
        label: z.string(),
        actions: z.record(
          action,
          z.object({
            allowed: z.boolean(),
            unlimited: z.boolean(),
            granted: z.array(granted),
            denied: z.array(granted),
          }),
        ),
        fields: z.array(fieldRightAtBest),
        relations: z.array(relationRight),
      }),
    ),
    depth: z.int(),
    forbiddenPaths: z.array(z.string()),
  })
  .meta({ id: 'EffectiveAccess' })

export const recordAccess = z
  .object({
    user: z.object({ id: z.uuid(), name: z.string() }),
    record: z.object({ id: z.uuid(), object: z.string(), title: z.string().nullable() }),
    actions: z.partialRecord(
      action,
      z.object({ allowed: z.boolean(), granted: z.array(grantedHere), denied: z.array(grantedHere) }),
    ),
    fields: z.array(fieldRight),
    relations: z.array(relationRight),
  })
  .meta({ id: 'RecordAccess' })

const gainsAndLosses = z.object({ gained: z.array(z.string()), lost: z.array(z.string()) })
const fieldGains = z.array(z.object({ key: z.string(), access: fieldAccess }))

export const preview = z
  .object({
    members: z.array(
      z.object({
        userId: z.uuid(),
        name: z.string(),
        roles: z.array(z.string()),
        objects: z.array(
          z.object({
            object: z.string(),
            label: z.string(),
            actions: z.array(
              z.object({
                action,
                right: z.enum(['gained', 'lost']).nullable().describe('Whether the action itself comes or goes.'),
                gained: z.int().describe('Records.'),
                lost: z.int(),
                capped: z.boolean().describe('Or more than that.'),
              }),
            ),
            fields: z.object({ gained: fieldGains, lost: fieldGains }),
            relations: gainsAndLosses,
          }),
        ),
        admin: gainsAndLosses,
      }),
    ),
    totalMembers: z.int(),
    truncated: z.boolean(),
    cap: z.int(),
  })
  .meta({ id: 'AccessPreview' })

/** The workspace and its metadata as the API answers them; see workspace.presentation.ts for how they are made. */
import {
  activityDates,
  activityKinds,
  attributeTypes,
  fieldTypes,
  fileKinds,
  objectActions,
  optionColors,
} from '@oneforge/kernel/metadata'
import { warningShape } from '@oneforge/modules/usage'
import { z } from 'zod'
import { layoutSection, navigationGroup } from './arrangements.schemas.ts'
import { conditions, numbering, objectRules } from './rules.schemas.ts'

const localizedText = z.object({ en: z.string() }).catchall(z.string()).meta({ id: 'LocalizedText' })
const color = z.enum(optionColors).nullable()
const scope = z.enum(['own', 'team', 'location', 'all']).nullable()
const permissions = z.record(z.enum(objectActions), scope).meta({ id: 'ObjectPermissions' })

const objectSummary = z.object({
  slug: z.string(),
  label: z.string(),
  labelPlural: z.string(),
  icon: z.string(),
  color,
  group: z.string().nullable(),
  order: z.int(),
  recordCount: z.int().nullable().describe('Null for who sees only some of the records.'),
  activity: z
    .enum(activityKinds)
    .nullable()
    .describe('Whether its records are tasks, meetings or calls about other records.'),
  booked: z.boolean().describe('Whether its records take hours of somebody or something that is not booked twice.'),
})

export const workspace = z
  .object({
    id: z.uuid(),
    name: z.string(),
    slug: z.string(),
    locale: z.string(),
    currency: z.string(),
    country: z
      .string()
      .nullable()
      .describe('ISO 3166. Phone numbers without a country code are read as dialled there.'),
    timeZone: z.string(),
    template: z.object({ slug: z.string(), version: z.string(), name: z.string() }).nullable(),
    user: z.object({
      id: z.uuid(),
      email: z.string(),
      name: z.string(),
      locale: z.string().nullable(),
      timeZone: z.string().nullable(),
      emailVerified: z.boolean(),
      firstDay: z.boolean().describe('Whether they are new here, and are shown what to try first.'),
    }),
    roles: z.array(z.object({ key: z.string(), label: z.string() })),
    permissions: z.object({ admin: z.array(z.string()), objects: z.record(z.string(), permissions) }),
    objects: z.array(objectSummary.meta({ id: 'ObjectSummary' })),
    navigation: z.array(navigationGroup).describe('The caller’s sidebar.'),
    metadataVersion: z.int(),
    warnings: z.array(warningShape).describe('For administrators: what the plan is about to run out of.'),
  })
  .meta({ id: 'Workspace' })

const reason = z.object({ value: z.string(), label: z.string(), labels: localizedText, color })

const stage = z
  .object({
    value: z.string(),
    label: z.string(),
    color,
    labels: localizedText,
    kind: z.enum(['open', 'won', 'lost']),
    probability: z.number().nullable(),
    requires: z.array(z.string()).describe('Fields that must have a value when a record enters'),
    moments: z.array(z.string()).describe('Filled with now when a record moves here, where they are empty'),
    moves: z.array(z.string()).nullable().describe('Stages that may come next; null: any'),
    checklist: z.array(z.object({ key: z.string(), label: z.string(), labels: localizedText, required: z.boolean() })),
    reasons: z.object({ required: z.boolean(), options: z.array(reason) }).nullable(),
    rottingDays: z.int().nullable(),
  })
  .meta({ id: 'Stage' })

const pipeline = z
  .object({
    key: z.string(),
    label: z.string(),
    labels: localizedText,
    field: z.string(),
    main: z.boolean().describe('Whether it fills the role of the stage'),
    stages: z.array(stage),
  })
  .meta({ id: 'Pipeline' })

const rules = z
  .object({
    minLength: z.int(),
    maxLength: z.int(),
    pattern: z.string(),
    patternMessage: localizedText,
    min: z.number(),
    max: z.number(),
    decimals: z.int(),
    ungrouped: z.boolean().describe('Of numbers: digits stand together, as those of a year do'),
    notBefore: z.string(),
    notAfter: z.string(),
    minItems: z.int(),
    maxItems: z.int(),
    several: z.boolean(),
    kinds: z.array(z.enum(fileKinds)),
    maxSize: z.int(),
    exclusive: z
      .union([z.boolean(), z.literal('refuse')])
      .describe('Whoever or whatever it names is at one record at a time: booked twice is told of, or refused'),
  })
  .partial()

const computed = z
  .object({
    expression: z.string(),
    relation: z.string(),
    field: z.string(),
    op: z.enum(['count', 'sum', 'avg', 'min', 'max']),
    activities: z
      .enum(activityDates)
      .describe(
        'Of a rollup without a relation: when the record was last contacted, or when what is open about it is due.',
      ),
    filter: z.unknown(),
    resultType: z.enum(fieldTypes),
  })
  .partial()
  .extend({
    shared: z.boolean().describe('Whoever may read the field sees it, also over records that they cannot open.'),
    problem: z.string().nullable().describe('Why it cannot be worked out now.'),
  })

const onDelete = z
  .enum(['keep', 'clear', 'cascade', 'refuse'])
  .describe('What becomes of the link, or of the record that has it, when the one pointed at is deleted.')

const linkAttribute = z
  .object({
    key: z.string(),
    label: z.string(),
    labels: localizedText,
    type: z.enum(attributeTypes),
    required: z.boolean(),
    options: z.array(z.object({ value: z.string(), label: z.string(), labels: localizedText, color })),
    rules: rules.nullable(),
  })
  .meta({ id: 'LinkAttribute' })

const field = z
  .object({
    id: z.uuid(),
    key: z.string(),
    label: z.string(),
    labels: localizedText,
    type: z.enum(fieldTypes),
    resultType: z.enum(fieldTypes).describe('What its values are: its type, unless it is computed.'),
    help: z.string().nullable(),
    section: z.string().nullable(),
    required: z.boolean(),
    unique: z.boolean(),
    ignoreAccents: z.boolean().describe('Of a unique field: José and Jose are the same.'),
    sortable: z.boolean(),
    searchable: z.boolean(),
    phi: z.boolean(),
    system: z.boolean().describe('Whether it fills a role of the screens.'),
    options: z.array(z.object({ value: z.string(), label: z.string(), labels: localizedText, color })),
    rules: rules.nullable(),
    conditions: conditions.nullable(),
    default: z.unknown(),
    numbering: numbering.nullable().describe('Of autonumbers.'),
    currency: z.string().nullable(),
    relation: z
      .object({
        object: z.string(),
        others: z.array(z.string()).describe('Further objects that it may point at.'),
        many: z.boolean(),
        inverse: z.object({ key: z.string(), label: z.string(), many: z.boolean() }),
        onDelete,
        attributes: z.array(linkAttribute),
        primary: z.boolean(),
      })
      .optional(),
    computed: computed.nullable(),
    computing: z.boolean().describe('A job works through the records: values and order are not complete yet.'),
    jobId: z.uuid().nullable().describe('That job.'),
    position: z.int(),
    access: z.enum(['read', 'write']),
  })
  .meta({ id: 'Field' })

export { field as fieldShape }

const relation = z
  .object({
    key: z.string(),
    label: z.string(),
    object: z.string().describe('Slug of the other side; the first of them where there are several.'),
    objects: z.array(z.string()).describe('Every object that the caller may find at the other side.'),
    many: z.boolean(),
    direction: z.enum(['out', 'in']),
    field: z.string().optional().describe('Outgoing relations: key of the field that holds them.'),
    inverse: z.string().describe('The name of the same relation at the other side.'),
    required: z.boolean().describe('Whether the record that has the field needs a link.'),
    onDelete,
    attributes: z.array(linkAttribute),
    primary: z.boolean().describe('Whether one link of a record may be marked as the primary one.'),
    access: z.enum(['read', 'write']),
  })
  .meta({ id: 'Relation' })

const roles = z
  .object({
    stage: z.string(),
    amount: z.string(),
    startsAt: z.string(),
    endsAt: z.string(),
    dueAt: z.string(),
    email: z.string(),
    phone: z.string(),
  })
  .partial()
  .extend({ title: z.string() })

/** An object with everything that a page needs to list, show and change its records. */
export const objectShape = objectSummary
  .extend({
    id: z.uuid(),
    version: z.int().describe('Of its definition: grows with every change of the object or its fields; for If-Match.'),
    labels: z.object({ label: localizedText, labelPlural: localizedText }),
    description: z.string().nullable(),
    numberPrefix: z.string(),
    ...objectRules,
    located: z.boolean().describe('Whether its records belong to locations.'),
    roles: roles.describe('Which field fills which role of the screens.'),
    fields: z.array(field),
    layout: z.array(layoutSection).describe('Where the fields stand on forms and record pages.'),
    stages: z.array(stage),
    pipelines: z.array(pipeline),
    relations: z.array(relation),
    permissions,
  })
  .meta({ id: 'Object' })

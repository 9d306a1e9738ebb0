/** Forms as the API takes and answers them. */
import { z } from 'zod'

const mostSteps = 20
const mostQuestions = 100

const line = (most: number) => z.string().trim().min(1, 'cannot be empty').max(most, `takes at most ${most} characters`)
const textOf = (most: number) => z.union([line(most), z.object({ en: line(most) }).catchall(line(most))])
const id = z.string().regex(/^[\w-]{1,40}$/, 'must be letters, digits, - and _, at most 40 of them')
const fieldKey = z.string().max(63)
const isWebAddress = (text: string) => /^https?:\/\//.test(text) && URL.canParse(text)

const offer = z.strictObject({
  filter: z.unknown().optional().describe('Which records; all without it'),
  most: z.int().min(1).max(200).optional().describe('How many, the first by title; 50 unless said'),
  titlesPublic: z.boolean().describe('Everybody who opens the form may read their titles'),
})

const base = {
  id,
  visible: z.unknown().optional().describe('Asked only where this filter over the other answers holds'),
}

const question = z.discriminatedUnion('kind', [
  z.strictObject({
    ...base,
    kind: z.literal('field'),
    field: fieldKey.describe('Key of a field of the object'),
    label: textOf(200).optional(),
    help: textOf(500).optional(),
    required: z.boolean().optional(),
    prefill: z
      .string()
      .regex(/^[\w.-]{1,60}$/, 'must be letters, digits, dots, - and _')
      .optional()
      .describe('The parameter of the address that fills it in beforehand'),
    hidden: z.boolean().optional().describe('Not shown; only the address fills it in'),
    offer: offer.optional().describe('Of a relation in a public form: what it is chosen from'),
  }),
  z.strictObject({ ...base, kind: z.literal('text'), text: textOf(4_000) }),
  z.strictObject({
    ...base,
    kind: z.literal('consent'),
    text: textOf(4_000),
    required: z.boolean(),
    field: fieldKey.optional().describe('The yes-or-no field that keeps it'),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('files'),
    label: textOf(200),
    help: textOf(500).optional(),
    required: z.boolean().optional(),
    most: z.int().min(1).max(10).optional().describe('5 unless said'),
    megabytes: z.int().min(1).max(100).optional().describe('How large each may be; 100 unless said'),
  }),
])

const step = z.strictObject({
  id,
  title: textOf(200).optional(),
  questions: z.array(question).max(mostQuestions, `takes at most ${mostQuestions} questions`),
})

const known = z.enum(['fill', 'overwrite'])

export const formDefinition = z.strictObject({
  title: textOf(200),
  intro: textOf(4_000).optional(),
  submit: textOf(60).optional(),
  steps: z.array(step).min(1, 'needs at least one step').max(mostSteps, `takes at most ${mostSteps} steps`),
  values: z.record(fieldKey, z.unknown()).default({}).describe('Set in every record that the form makes'),
  match: z
    .discriminatedUnion('by', [
      z.strictObject({ by: z.literal('nothing') }),
      z.strictObject({ by: z.literal('rules'), known }),
      z.strictObject({ by: z.literal('fields'), fields: z.array(fieldKey).min(1).max(5), known }),
    ])
    .default({ by: 'nothing' })
    .describe('What becomes of answers about somebody who is known already'),
  thanks: z.strictObject({
    title: textOf(200),
    text: textOf(4_000).optional(),
    redirect: z.string().max(500).refine(isWebAddress, 'must begin with https:// or http://').optional(),
  }),
})

const audience = z.enum(['public', 'internal'])

export const formInput = z.strictObject({
  name: line(100),
  object: z.string().max(63).describe('Slug of the object whose records it makes'),
  audience: audience.default('public'),
  definition: formDefinition,
})

export const formChange = z.strictObject({
  name: line(100).optional(),
  audience: audience.optional(),
  published: z.boolean().optional(),
  definition: formDefinition.optional(),
  version: z.int().optional().describe('The version the change was made on: If-Match'),
})

const counts = z.object({
  seen: z.int(),
  begun: z.int(),
  sent: z.int(),
  refused: z.int(),
  spam: z.int(),
})

export const form = z
  .object({
    id: z.string(),
    name: z.string(),
    object: z.string(),
    audience,
    address: z.string().describe('Of a public form: /f/{address}'),
    published: z.boolean(),
    version: z.int(),
    createdAt: z.string(),
    updatedAt: z.string(),
    problems: z.array(z.object({ path: z.string(), message: z.string() })).describe('Why it cannot be published'),
    month: counts.describe('In the last 30 days'),
    definition: formDefinition,
  })
  .meta({ id: 'Form' })

export const formDay = counts.extend({ day: z.string() }).meta({ id: 'FormDay' })

export const formSubmission = z
  .object({
    id: z.string(),
    at: z.string(),
    outcome: z.enum(['created', 'updated', 'spam']),
    seconds: z.int().describe('From opening to sending'),
    record: z
      .object({ id: z.string(), title: z.string() })
      .nullable()
      .describe('Null where it is gone, or not for the reader'),
    by: z.string().nullable().describe('Who was signed in'),
  })
  .meta({ id: 'FormSubmission' })

const askedQuestion = z.looseObject({
  id: z.string(),
  kind: z.enum(['field', 'text', 'consent', 'files']),
  visible: z.unknown(),
})

export const askedForm = z
  .object({
    id: z.string(),
    title: z.string(),
    intro: z.string().nullable(),
    submit: z.string().nullable(),
    workspace: z.object({
      name: z.string(),
      locale: z.string(),
      timeZone: z.string(),
      currency: z.string(),
      country: z.string().nullable(),
    }),
    locale: z.string(),
    steps: z.array(z.object({ id: z.string(), title: z.string().nullable(), questions: z.array(askedQuestion) })),
    challenge: z
      .object({ token: z.string(), bits: z.int() })
      .describe('Sent back with a number whose SHA-256 behind the token begins with so many zero bits'),
  })
  .meta({ id: 'AskedForm' })

export const submission = z.strictObject({
  token: z.string().max(400),
  proof: z.int().min(0).optional().describe('Not asked of who is signed in'),
  answers: z.record(z.string().max(63), z.unknown()).default({}),
  consents: z.array(z.string().max(40)).max(mostQuestions).default([]).describe('Ids of what was agreed to'),
  files: z
    .record(z.string().max(40), z.array(z.string().max(40)).max(10))
    .default({})
    .describe('By question'),
  website: z.string().max(500).optional().describe('Stays empty: no person sees it'),
})

export const received = z
  .object({ title: z.string(), text: z.string().nullable(), redirect: z.string().nullable() })
  .meta({ id: 'FormReceived' })

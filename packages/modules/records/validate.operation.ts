/** Asking what stands against a record while its form is being filled in. */
import { defineOperation } from '@oneforge/kernel/operations'
import { problemsOfNew } from '@oneforge/kernel/records'
import { z } from 'zod'
import { objectOf } from './records.requests.ts'
import { fieldProblem, objectPath, recordData } from './records.schemas.ts'

export const validateRecord = defineOperation({
  name: 'records.validate',
  kind: 'query',
  tag: 'Records',
  summary: 'What would stand against a new record, without making it',
  description: 'For forms that are being filled in. Rules over values made of other records are asked on saving.',
  access: 'member',
  phi: true,
  // As a create: it tells as much of which values are taken.
  cost: 2,
  input: objectPath.extend({
    data: recordData,
    about: z
      .array(z.string())
      .max(1_000)
      .optional()
      .describe('Fields that have been filled in: what stands against others is left out. All without it'),
  }),
  output: z.object({ problems: z.array(fieldProblem).describe('One a field; none: it can be saved') }),
  http: { method: 'POST', path: '/{object}/validate' },
  async handler(context, { object, data, about }) {
    return { problems: await problemsOfNew(context, objectOf(context, object), data, about && new Set(about)) }
  },
})

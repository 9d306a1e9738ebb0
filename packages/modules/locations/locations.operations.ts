/** The sites of a workspace. */
import { addressParts } from '@oneforge/kernel/metadata/values'
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { isTimeZone } from '@oneforge/kernel/tenancy'
import { z } from 'zod'
import {
  changeLocation,
  createLocation,
  getLocation,
  listLocations,
  removeLocation,
  reorderLocations,
} from './locations.service.ts'
import { networkOperations } from './networks.operations.ts'
import { holidays, openingHours } from './opening-hours.ts'

const tag = 'Locations'
const reading = { tag, kind: 'query', access: 'member' } as const
const changing = { tag, kind: 'command', access: { admin: 'settings' } } as const

const address = z.object(Object.fromEntries(addressParts.map((part) => [part, z.string().optional()])))

const location = z
  .object({
    id: z.uuid(),
    name: z.string(),
    code: z.string().describe('What the numbers of its records call it.'),
    address: address.nullable(),
    timeZone: z.string(),
    hours: openingHours,
    holidays,
    active: z.boolean(),
    position: z.int(),
    memberCount: z.int().describe('People who hold a role there.'),
    selectable: z.boolean().describe('Whether the caller can switch to it: they work there, and in its networks.'),
    version: z.int().describe('Of the workspace.'),
  })
  .meta({ id: 'Location' })

const settings = z.strictObject({
  name: z
    .string({ error: 'is required' })
    .trim()
    .min(1, 'cannot be empty')
    .max(200, 'takes at most 200 characters')
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'must not hold control characters'),
  code: z
    .string()
    .regex(/^[A-Z0-9]{1,8}$/, 'takes 1 to 8 capital letters and digits, such as SYD')
    .describe('Made from the name when it is not given')
    .optional(),
  address: z.unknown().describe('As a field of type address: an object of its parts, or text').optional(),
  timeZone: z.string().refine(isTimeZone, 'must be a time zone such as Europe/Madrid').optional(),
  hours: openingHours.optional(),
  holidays: holidays.optional(),
  active: z.boolean().optional(),
})
const idPath = z.strictObject({ id: z.uuid('must be the id of a location') })

export const locationOperations: AnyOperation[] = [
  defineOperation({
    ...reading,
    name: 'locations.list',
    summary: 'List the locations of the workspace',
    input: z.strictObject({}),
    output: z.array(location),
    http: { method: 'GET', path: '/locations' },
    handler: (context) => listLocations(context),
  }),
  defineOperation({
    ...reading,
    name: 'locations.get',
    summary: 'Read a location',
    input: idPath,
    output: location,
    http: { method: 'GET', path: '/locations/{id}' },
    handler: (context, { id }) => getLocation(context, id),
  }),
  defineOperation({
    ...changing,
    name: 'locations.create',
    summary: 'Add a location',
    input: settings,
    output: location,
    http: { method: 'POST', path: '/locations', status: 201 },
    handler: (context, input) => createLocation(context, input),
  }),
  defineOperation({
    ...changing,
    name: 'locations.order',
    summary: 'Put the locations in order',
    input: z.strictObject({ ids: z.array(z.uuid()).max(500) }),
    output: z.void(),
    http: { method: 'PUT', path: '/locations/order', status: 204 },
    handler: (context, { ids }) => reorderLocations(context, ids),
  }),
  defineOperation({
    ...changing,
    name: 'locations.update',
    summary: 'Change a location; its hours and holidays are replaced as a whole',
    input: settings.partial().extend({ ...idPath.shape, position: z.int().min(0).max(10_000).optional() }),
    output: location,
    http: { method: 'PATCH', path: '/locations/{id}' },
    handler: (context, { id, ...input }) => changeLocation(context, id, input),
  }),
  defineOperation({
    ...changing,
    name: 'locations.delete',
    summary: 'Delete a location that nothing belongs to',
    input: idPath,
    output: z.void(),
    http: { method: 'DELETE', path: '/locations/{id}', status: 204 },
    handler: (context, { id }) => removeLocation(context, id),
  }),
  ...networkOperations,
]

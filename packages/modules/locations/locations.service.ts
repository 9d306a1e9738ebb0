/** The rules of locations. */
import { newId } from '@oneforge/kernel/database'
import { because, conflict, type FieldProblem, notFound, validationError } from '@oneforge/kernel/errors'
import { bumpVersion, loadModel, type TenantModel } from '@oneforge/kernel/metadata'
import { type Address, parseOfType } from '@oneforge/kernel/metadata/values'
import { isOpenTo, type OperationContext } from '@oneforge/kernel/operations'
import { valueContext } from '@oneforge/kernel/records'
import {
  belongingsOf,
  deleteLocation,
  findLocations,
  insertLocation,
  type LocationRow,
  type LocationSettings,
  orderLocations,
  updateLocation,
} from './locations.store.ts'
import { holidayProblems, hoursProblems } from './opening-hours.ts'

/** What a caller may say of a location; the address as any form of a field of that type. */
export type LocationInput = Partial<Omit<LocationSettings, 'address'>> & { address?: unknown }

const maxLocations = 500

export async function listLocations(context: OperationContext): Promise<object[]> {
  const rows = await findLocations(context.tx, context.model.tenantId)
  return rows.map((row) => present(context, context.model, row))
}

export async function getLocation(context: OperationContext, id: string, model = context.model): Promise<object> {
  return present(context, model, await find(context, id))
}

function present(context: OperationContext, model: TenantModel, { id, ...location }: LocationRow): object {
  return { id, ...location, selectable: isSelectable(context, model, id, location.active), version: model.version }
}

/** Whether it makes sense for the caller to switch to it. */
function isSelectable(context: OperationContext, model: TenantModel, id: string, active: boolean): boolean {
  const { roles } = context.policy.rights
  const worksThere = roles.some(({ locationId }) => locationId === null || locationId === id)
  return active && worksThere && isOpenTo(model, id, context)
}

async function find({ tx, model }: OperationContext, id: string): Promise<LocationRow> {
  const [row] = await findLocations(tx, model.tenantId, id)
  if (!row) throw notFound(`The location ${id}`)
  return row
}

export async function createLocation(context: OperationContext, input: LocationInput & { name: string }) {
  const model = await beginChange(context)
  if (model.locations.size >= maxLocations) {
    throw conflict(`A workspace takes at most ${maxLocations} locations.`, because('TOO_MANY', 'location'))
  }
  const location: LocationSettings = {
    timeZone: model.timeZone,
    hours: {},
    holidays: [],
    active: true,
    position: model.locations.size,
    ...given(input),
    name: input.name,
    code: input.code ?? freeCode(model, input.name),
    address: addressOf(context, input.address),
  }
  check(model, undefined, location)
  const id = newId()
  await insertLocation(context.tx, model.tenantId, id, location)
  return getLocation(context, id, await loadModel(context.tx, model.tenantId))
}

export async function changeLocation(context: OperationContext, id: string, input: LocationInput): Promise<object> {
  const model = await beginChange(context)
  const { id: _, memberCount: __, ...before } = await find(context, id)
  const address = input.address === undefined ? before.address : addressOf(context, input.address)
  const location: LocationSettings = { ...before, ...given(input), address }
  check(model, id, location)
  await updateLocation(context.tx, model.tenantId, id, location)
  return getLocation(context, id, await loadModel(context.tx, model.tenantId))
}

/** What the input says, without the address, which has to be read first. */
function given({ address: _, ...input }: LocationInput): Partial<Omit<LocationSettings, 'address'>> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
}

export async function removeLocation(context: OperationContext, id: string): Promise<void> {
  const { tenantId } = await beginChange(context)
  const { name } = await find(context, id)
  const { records, people, networks } = await belongingsOf(context.tx, tenantId, id)
  const kept = [
    ...(records ? [{ reason: 'LOCATION_HAS_RECORDS', words: 'records, maybe in the trash' }] : []),
    ...(people ? [{ reason: 'LOCATION_HAS_PEOPLE', words: 'roles of people' }] : []),
    ...(networks ? [{ reason: 'LOCATION_HAS_NETWORKS', words: 'networks' }] : []),
  ]
  if (kept.length > 0) {
    throw conflict(
      `${name} still has ${kept.map(({ words }) => words).join(', ')}. Move them first, or deactivate the location instead.`,
      { details: kept.map(({ reason }) => ({ field: 'location', message: reason })) },
    )
  }
  await deleteLocation(context.tx, tenantId, id)
}

export async function reorderLocations(context: OperationContext, ids: string[]): Promise<void> {
  const { tenantId, locations } = await beginChange(context)
  const unknown = ids.find((id) => !locations.has(id))
  if (unknown) throw validationError([{ field: 'ids', message: `${unknown} is not a location of this workspace` }])
  const rest = [...locations.keys()].filter((id) => !ids.includes(id))
  await orderLocations(context.tx, tenantId, [...ids, ...rest])
}

/** Takes the tenant's turn and reads its metadata as nobody else can change it any more. */
async function beginChange({ tx, model }: OperationContext): Promise<TenantModel> {
  await bumpVersion(tx, model.tenantId)
  return loadModel(tx, model.tenantId)
}

function addressOf(context: OperationContext, input: unknown): Address | null {
  const parsed = parseOfType({ type: 'address', optionByValue: new Map() }, input, valueContext(context))
  if (!parsed.ok) throw validationError([{ field: 'address', message: parsed.message }])
  return parsed.value as Address | null
}

/** The first letters of the name, counted where another location has them. */
function freeCode({ locations }: TenantModel, name: string): string {
  const letters = name
    .normalize('NFKD')
    .replace(/[^A-Za-z]/g, '')
    .toUpperCase()
    .slice(0, 3)
  const base = letters || 'LOC'
  const taken = new Set([...locations.values()].map((location) => location.code))
  for (let count = 1; ; count++) {
    const code = count === 1 ? base : `${base}${count}`
    if (!taken.has(code)) return code
  }
}

function check(model: TenantModel, id: string | undefined, { name, code, hours, holidays }: LocationSettings): void {
  const sameName = [...model.locations.values()].some((other) => other.id !== id && other.name === name)
  const problems: FieldProblem[] = [...hoursProblems(hours), ...holidayProblems(holidays)]
  if (problems.length > 0) throw validationError(problems)
  if (sameName) {
    throw conflict(`There is already a location “${name}”. Choose another name.`, because('NAME_TAKEN', 'location'))
  }
  const sameCode = [...model.locations.values()].find((other) => other.id !== id && other.code === code)
  if (sameCode) {
    throw conflict(
      `${sameCode.name} already has the code ${code}. Choose another code.`,
      because('CODE_TAKEN', 'location'),
    )
  }
}

/** Files that fields of records hold: what the field asks of them, and what its rights leave of theirs. */
import { atBest, fieldAccess, forRecord, scopeOf } from '@oneforge/kernel/access'
import { conflict, forbidden, notFound, validationError } from '@oneforge/kernel/errors'
import { type CompiledField, type CompiledObject, inLocale } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import type { RecordContext } from '@oneforge/kernel/records'
import { kindOf } from './content-type.ts'
import type { FileRow } from './files.store.ts'

/**
 * The field that a new file is uploaded for. Of which record it will be, and so which roles grant it, is known when the
 * record is saved.
 */
export function fieldToFill(
  context: OperationContext,
  fieldId: string,
): { object: CompiledObject; field: CompiledField } {
  const policy = atBest(context.policy)
  const objects = [...context.model.objectById.values()].filter(({ slug }) => policy.objects.has(slug))
  const object = objects.find(({ fields }) => fields.some(({ id }) => id === fieldId))
  const field = object?.fields.find(({ id }) => id === fieldId)
  const access = object && field ? fieldAccess(policy, object, field.key) : 'hidden'
  if (!object || !field || access === 'hidden') throw invalid('is not the id of a field')
  if (field.type !== 'file') throw invalid('must be the id of a field of the type file')
  const isWriter = scopeOf(policy, object, 'create') || scopeOf(policy, object, 'update')
  if (!isWriter || access !== 'write')
    throw forbidden(`Your role does not let you change “${labelOf(context, field)}”.`)
  return { object, field }
}

const invalid = (message: string) => validationError([{ field: 'fieldId', message }])

/**
 * What the caller may do with a file that a field of this record holds: as much as with the field's value.
 *
 * @throws NOT_FOUND where the field is hidden, or gone.
 */
export function accessToHeld(
  context: RecordContext,
  object: CompiledObject,
  file: FileRow,
  voices: string | null | undefined,
): 'read' | 'write' {
  const field = fieldOf(object, file)
  const access = field ? fieldAccess(forRecord(context.policy, object, voices), object, field.key) : 'hidden'
  if (access === 'hidden') throw notFound(`The file ${file.id}`)
  return access
}

/** Those of a record's files that the caller may know of: its own, and those of fields that are not hidden. */
export function seenFiles(
  context: RecordContext,
  object: CompiledObject,
  voices: string | null | undefined,
  files: FileRow[],
): FileRow[] {
  const policy = forRecord(context.policy, object, voices)
  return files.filter((file) => {
    const field = fieldOf(object, file)
    return file.field_id === null || (field !== undefined && fieldAccess(policy, object, field.key) !== 'hidden')
  })
}

/**
 * What a field holds changes by the field's value.
 *
 * @param instead what to do, as a sentence.
 * @throws CONFLICT for a file of a field.
 */
export function requireFree(context: RecordContext, object: CompiledObject, file: FileRow, instead: string): void {
  const field = fieldOf(object, file)
  if (field) throw conflict(`“${file.name}” belongs to the field “${labelOf(context, field)}”. ${instead}`)
}

export const takeOutInstead = 'Take it out of the field instead.'
export const bringBackInstead = 'Bring the value of the field back from the history of the record.'

export const fieldOf = (object: CompiledObject, { field_id }: Pick<FileRow, 'field_id'>): CompiledField | undefined =>
  field_id === null ? undefined : object.fields.find(({ id }) => id === field_id)

/** @throws VALIDATION_ERROR at `at` for a file that the field does not take. */
export function requireFitting(
  field: CompiledField | undefined,
  { size, type }: { size: number; type?: string },
  at: string,
): void {
  const { maxSize, kinds } = field?.rules ?? {}
  if (maxSize !== undefined && size > maxSize) {
    throw validationError([{ field: at, message: `can be at most ${maxSize.toLocaleString('en')} bytes here` }])
  }
  const kind = type === undefined ? undefined : kindOf(type)
  if (type === undefined || !kinds || (kind && kinds.includes(kind))) return
  throw validationError([{ field: at, message: `must be one of ${kinds.join(', ')}, and the file is ${type}` }])
}

export const labelOf = ({ locale }: RecordContext, { label }: CompiledField): string => inLocale(label, locale)

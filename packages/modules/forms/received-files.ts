/** Files of a form that came in: of fields that ask for them, or of the record as a whole. */
import type { FieldProblem } from '@oneforge/kernel/errors'
import type { CompiledField, CompiledObject } from '@oneforge/kernel/metadata'
import type { RecordContext } from '@oneforge/kernel/records'
import type { KeptContent, WholeFiles } from '../files/index.ts'
import type { Question } from './form.ts'
import { fieldOfFiles, mostFiles } from './sent-files.ts'
import type { Upload } from './uploads.store.ts'

/** What was sent, before it is known which record it is for. */
export interface SentFiles {
  object: CompiledObject
  /** Ids of uploads by question. */
  given: Record<string, string[]>
  uploads: Upload[]
}

/** What is wrong with the files of a question that asks for some; nothing for others. */
export function fileProblems({ object, given, uploads }: SentFiles, question: Question): FieldProblem[] {
  const field = question.kind === 'field' ? fieldOfFiles(object, question.field) : undefined
  if (question.kind !== 'files' && !field) return []
  const name = field?.key ?? question.id
  const ids = given[question.id] ?? []
  const isRequired = 'required' in question && question.required
  if (isRequired && ids.length === 0) return [{ field: name, message: 'is required' }]
  const most = question.kind === 'files' ? mostFiles(question) : mostOfField(field!)
  if (ids.length > most) return [{ field: name, message: `takes at most ${most} files` }]
  const arrived = new Set(uploads.filter((upload) => isFor(upload, question)).map(({ id }) => id))
  return ids.some((id) => !arrived.has(id)) ? [{ field: name, message: 'names a file that did not arrive' }] : []
}

const mostSent = 10

/** How many files a field takes from a form. */
export const mostOfField = ({ rules }: Pick<CompiledField, 'rules'>): number =>
  rules?.several ? Math.min(rules.maxItems ?? mostSent, mostSent) : 1

const isFor = ({ question, received, size }: Upload, { id }: Question): boolean => question === id && received === size

export interface FiledContents {
  /** Ids of files by the fields that are to hold them. */
  values: Record<string, unknown>
  /** For the record as a whole. */
  beside: KeptContent[]
  /** Of no question that is asked: nobody needs them. */
  left: KeptContent[]
}

/**
 * Makes files for the fields that take them, in the transaction that writes the record.
 *
 * @param takes whether the record is to get what was sent for the field; what it does not take goes beside.
 */
export async function fileContents(
  { context, files, sent }: { context: RecordContext; files: WholeFiles; sent: SentFiles },
  asked: Question[],
  takes: (field: CompiledField) => boolean,
): Promise<FiledContents> {
  const filed: FiledContents = { values: {}, beside: [], left: [] }
  const wanted = new Set<Upload>()
  for (const question of asked) {
    const ids = sent.given[question.id] ?? []
    const uploads = ids.flatMap((id) => sent.uploads.find((one) => one.id === id && isFor(one, question)) ?? [])
    for (const upload of uploads) wanted.add(upload)
    const contents = uploads.map(({ content }) => content)
    const field = question.kind === 'field' ? fieldOfFiles(sent.object, question.field) : undefined
    if (!field || !takes(field)) filed.beside.push(...contents)
    else if (contents.length > 0) {
      const made = await files.addForField(context, sent.object, field, contents)
      filed.values[field.key] = field.rules?.several ? made : made[0]
    }
  }
  filed.left = sent.uploads.filter((upload) => !wanted.has(upload)).map(({ content }) => content)
  return filed
}

/** The records that e-mails become, and what they are about. */
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { isNotFound, presentRecord, type RecordContext, readRow } from '@oneforge/kernel/records'

/** @param refusal what is thrown where the workspace keeps none. */
export function objectOfEmails({ model }: RecordContext, refusal: (reason: string) => Error): CompiledObject {
  const object = model.objects.find(({ activity }) => activity === 'email')
  if (object) return object
  throw refusal('The workspace keeps no e-mails: an administrator can add them with the template “Activities”.')
}

/** Ids of the records that the e-mail is about; none where the caller does not see it any more. */
export async function aboutOf(context: RecordContext, emails: CompiledObject, id: string): Promise<string[]> {
  try {
    const row = await readRow(context, emails, id)
    const { about } = presentRecord(context.model, context.policy, emails, row)
    return Array.isArray(about) ? about.map((one) => (one as { id: string }).id) : []
  } catch (error) {
    if (isNotFound(error)) return []
    throw error
  }
}

/** Who is told what of an event. Rules alone: what they go by was read before. */
import type { DomainEvent } from '@oneforge/kernel/events'
import type { NotificationKind } from './kinds.ts'

/** What the record of an event is like now. */
export interface Standing {
  ownerId: string | null
  followers: string[]
  /** Keys of the fields that stages stand in. */
  stageFields: string[]
  /** An e-mail: whoever it came for is told of that, not that it is theirs. */
  isEmail: boolean
}

/** What is done to many records at once is told once, when it has ended. */
const massSources = new Set(['import', 'bulk', 'undo', 'template'])

/** Whether anybody may have to be told of an event, before it is known who. */
export const isTold = ({ type, payload }: Pick<DomainEvent, 'type' | 'payload'>): boolean =>
  toldTypes.has(type) && !massSources.has(String(payload.source))

const toldTypes = new Set([
  'record.created',
  'record.updated',
  'note.created',
  'comment.created',
  'comment.updated',
  'reminder.due',
  'workflow.told',
  'message.received',
  'job.ended',
  'invitation.accepted',
])

/** By these an e-mail came in or was sent: it has its owner without anybody giving it. */
const writtenBySystem = new Set(['mail', 'workflow'])

/** Work that people wait for; what follows from a change ends unseen. */
const waitedFor = /^(import|export|bulk)\b/

/**
 * Nobody is told of what they did themselves, and of nothing twice: of several reasons the first counts. Answers to an
 * e-mail come in the name of whoever wrote it, who did nothing there.
 */
export function whomToTell(event: DomainEvent, standing: Standing | undefined): Map<string, NotificationKind> {
  const told = new Map<string, NotificationKind>()
  if (!isTold(event)) return told
  const tell = (kind: NotificationKind, people: (string | null | undefined)[]): void => {
    for (const userId of people) if (userId && userId !== event.actorId && !told.has(userId)) told.set(userId, kind)
  }
  const { payload } = event
  if (event.type === 'job.ended' && waitedFor.test(String(payload.type))) tell('job_ended', [payload.askedBy as string])
  if (event.type === 'invitation.accepted') tell('invitation_accepted', [payload.invitedBy as string])
  if (event.type === 'workflow.told') tell('workflow', Object.keys((payload.messages as object | undefined) ?? {}))
  if (!standing) return told
  const fields = (payload.fields as string[] | undefined) ?? []
  if (event.type === 'reminder.due') tell('reminder', [payload.userId as string])
  tell('mention', (payload.mentions as string[] | undefined) ?? [])
  if (event.type === 'note.created') tell('noted', standing.followers)
  if (event.type === 'comment.created')
    tell('commented', [...((payload.answered as string[] | undefined) ?? []), ...standing.followers])
  if (event.type === 'message.received' && payload.isAnswer)
    for (const userId of [standing.ownerId, event.actorId]) if (userId) told.set(userId, 'answered')
  const isGiven = !standing.isEmail || !writtenBySystem.has(String(payload.source))
  if (event.type === 'record.created' && isGiven) tell('assigned', [standing.ownerId])
  if (event.type === 'record.updated') {
    if (fields.includes('ownerId')) tell('assigned', [standing.ownerId])
    if (fields.some((field) => standing.stageFields.includes(field))) tell('moved', standing.followers)
    tell('changed', standing.followers)
  }
  return told
}

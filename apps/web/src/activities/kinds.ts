/** Which objects of the workspace are tasks, meetings, calls and e-mails; they may be called and named in any way. */
import type { ObjectMeta, ObjectSummary, RecordData, RelationMeta } from '@oneforge/client'
import { useWorkspace } from '../api/workspace.ts'

export type ActivityKind = NonNullable<ObjectSummary['activity']>

/** The key that begins one of the kind, on the page of a record. */
export const keyOfKind: Record<ActivityKind, string> = { task: 't', call: 'c', meeting: 'm', email: 'l' }

/** The first object of each kind that the person may see. */
export function useActivityObjects(): Partial<Record<ActivityKind, ObjectSummary>> {
  const { objects } = useWorkspace()
  const found: Partial<Record<ActivityKind, ObjectSummary>> = {}
  for (const object of objects) if (object.activity) found[object.activity] ??= object
  return found
}

/** The relations by which activities are about records of the object. */
export function useActivityRelations(object: ObjectMeta): { kind: ActivityKind; relation: RelationMeta }[] {
  const { objects } = useWorkspace()
  if (object.activity) return []
  return object.relations.flatMap((relation) => {
    const kind = relation.direction === 'in' && objects.find(({ slug }) => slug === relation.object)?.activity
    return kind ? [{ kind, relation }] : []
  })
}

/** The stage in which a task is done or a meeting was held, and one in which it is open. */
export function stagesOf({ stages }: ObjectMeta): { done: string | undefined; open: string | undefined } {
  return {
    done: stages.find(({ kind }) => kind === 'won')?.value,
    open: stages.find(({ kind }) => kind === 'open')?.value,
  }
}

/** The stage as the page knows it: what has just been ticked stands in the field first. */
export function stageIn({ roles }: ObjectMeta, record: RecordData): string | null {
  return ((roles.stage && record[roles.stage]) as string | undefined) ?? null
}

export const isOpen = ({ stages }: ObjectMeta, stage: string | null): boolean =>
  stages.find(({ value }) => value === stage)?.kind === 'open'

import type { Filter, ObjectMeta } from '@oneforge/client'
import { useObject } from '../../api/objects.ts'
import { useFilterText } from '../../settings/useFilterText.ts'

/** A condition on records of the object as a sentence; nothing until the object is known. */
export function ConditionWords({ object: slug, filter }: { object: string; filter: Filter }) {
  const { data: object } = useObject(slug)
  return object ? <Sentence object={object} filter={filter} /> : null
}

function Sentence({ object, filter }: { object: ObjectMeta; filter: Filter }) {
  const say = useFilterText(object, [filter])
  return say(filter)
}

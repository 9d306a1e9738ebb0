/** An object whose records are made before their links, such as those of samples: what looks at links is asked later. */
import type { CompiledField, CompiledObject, FieldConditions, TenantModel } from '../../metadata/index.ts'
import { readCheck, readFilter } from './read.ts'

/** The object without required relations, and without conditions and rules over any: the change that links asks them. */
export function withoutRulesOverLinks(model: TenantModel, object: CompiledObject): CompiledObject {
  const overLinks = (names: Iterable<string> = []): boolean => [...names].some((name) => object.relation.has(name))
  const kept = (filter: unknown): boolean => filter != null && !overLinks(readFilter(model, object, filter)?.reads)
  const conditionsOf = ({ conditions }: CompiledField): FieldConditions | undefined => {
    const parts = Object.entries(conditions ?? {}).filter(([name, part]) =>
      name === 'options' ? (part as { when: unknown }[]).every(({ when }) => kept(when)) : kept(part),
    )
    return parts.length > 0 ? Object.fromEntries(parts) : undefined
  }
  const fields = object.fields.map((field) =>
    field.storage.kind === 'links'
      ? { ...field, required: false, conditions: undefined }
      : { ...field, conditions: conditionsOf(field) },
  )
  const rules = object.rules.filter((rule) => {
    const read = readCheck(model, object, rule)
    return !overLinks(read?.when?.reads) && !overLinks(read?.check.reads)
  })
  return { ...object, rules, fields, field: new Map(fields.map((field) => [field.key, field])) }
}

/** From what an administrator sends of stages to what is stored. */
import {
  type ChecklistItem,
  type FieldOption,
  localized,
  type StageDefinition,
  type StageReasons,
} from '@oneforge/kernel/metadata'
import type { StageInput } from './pipelines.schemas.ts'

/** Stages as they are to be, in order; a part that is not named stays as it was, null takes it away. */
export function stagesOf(inputs: StageInput[], locale: string, before: StageDefinition[]): StageDefinition[] {
  const values = new Set(inputs.map(({ value }) => value))
  return inputs.map((input) => {
    const known = before.find(({ value }) => value === input.value)
    const { value, label, checklist, reasons, moves, requires, moments, ...rest } = input
    const stage: StageDefinition = {
      ...known,
      ...rest,
      value,
      label: label === undefined ? (known?.label ?? { en: value }) : localized(label, locale, known?.label),
      color: input.color === undefined ? known?.color : (input.color ?? undefined),
      probability: input.probability === undefined ? known?.probability : (input.probability ?? undefined),
      rottingDays: input.rottingDays === undefined ? known?.rottingDays : (input.rottingDays ?? undefined),
      requires: requires === undefined ? known?.requires : orNone(requires),
      moments: moments === undefined ? known?.moments : orNone(moments),
      // A stage that is no more can follow no more.
      moves: moves === undefined ? known?.moves?.filter((next) => values.has(next)) : (moves ?? undefined),
      checklist: checklist === undefined ? known?.checklist : orNone(checklistOf(checklist ?? [], locale, known)),
      reasons: reasons === undefined ? known?.reasons : reasonsOf(reasons, locale, known?.reasons),
    }
    return Object.fromEntries(
      Object.entries(stage).filter(([, part]) => part !== undefined),
    ) as unknown as StageDefinition
  })
}

const orNone = <T>(list: T[] | null): T[] | undefined => (list && list.length > 0 ? list : undefined)

function checklistOf(
  items: NonNullable<StageInput['checklist']>,
  locale: string,
  before: StageDefinition | undefined,
): ChecklistItem[] {
  return items.map(({ key, label, required }) => ({
    key,
    label: localized(label, locale, before?.checklist?.find((item) => item.key === key)?.label),
    ...(required ? { required } : {}),
  }))
}

function reasonsOf(
  input: StageInput['reasons'],
  locale: string,
  before: StageReasons | undefined,
): StageReasons | undefined {
  if (!input) return undefined
  const options = input.options.map(({ value, label, color }): FieldOption => {
    const known = before?.options.find((option) => option.value === value)
    return {
      ...known,
      value,
      label: label === undefined ? (known?.label ?? { en: value }) : localized(label, locale, known?.label),
      ...(color ? { color } : {}),
    }
  })
  return { ...(input.required ? { required: true } : {}), options }
}

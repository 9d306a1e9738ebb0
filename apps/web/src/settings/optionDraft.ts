/** Options of choices while they are being described in the settings. */
import type { FieldOption, FieldOptionInput, LocalizedText, OptionColor, Stage } from '@oneforge/client'
import { anyLabel, completed, keyFrom } from './naming.ts'

export interface OptionDraft {
  /** Stable while the option is edited; the value is made from the label when it is new. */
  id: string
  value: string
  labels: LocalizedText
  color: OptionColor
  /** Options of the stage field only. */
  kind?: Stage['kind']
  probability?: Stage['probability']
}

/** The colours options may wear, in the order in which new options get them. */
export const optionColors: OptionColor[] = [
  'blue',
  'teal',
  'green',
  'yellow',
  'orange',
  'red',
  'pink',
  'grape',
  'violet',
  'indigo',
  'cyan',
  'lime',
  'gray',
]

/** `stages` are those of the object when the option belongs to its stage field. */
export function draftOfOption({ value, label, labels, color }: FieldOption, stages: Stage[] = []): OptionDraft {
  const stage = stages.find((one) => one.value === value)
  const meaning = stage ? { kind: stage.kind ?? 'open', probability: stage.probability ?? null } : {}
  return { id: value, value, labels: labels ?? { en: label }, color: color ?? 'gray', ...meaning }
}

/** Rows that say nothing, as Enter leaves one behind the last option, are none. */
export const filledOptions = (options: OptionDraft[]): OptionDraft[] =>
  options.filter(({ value, labels }) => value || anyLabel(labels))

/** Options with the values they will have; new ones get theirs from their names. */
export function optionInputs(options: OptionDraft[]): FieldOptionInput[] {
  const taken = options.map(({ value }) => value).filter(Boolean)
  return options.map(({ value, labels, color, kind, probability }) => {
    const known = value || keyFrom(anyLabel(labels), taken)
    if (!value) taken.push(known)
    return { value: known, label: completed(labels), color, ...(kind ? { kind, probability } : {}) }
  })
}

/** The options as lists offer them, with the values they will have. */
export function optionChoices(options: OptionDraft[]): { value: string; label: string }[] {
  const filled = filledOptions(options)
  return optionInputs(filled).map(({ value }, index) => ({
    value,
    label: anyLabel(filled[index]?.labels ?? { en: '' }) || value,
  }))
}

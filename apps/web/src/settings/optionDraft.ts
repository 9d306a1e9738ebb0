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

/** Options with the values they will have; new ones get theirs from their names. */
export function optionInputs(options: OptionDraft[]): FieldOptionInput[] {
  const taken = options.map(({ value }) => value).filter(Boolean)
  return options.map(({ value, labels, color, kind, probability }) => {
    const known = value || keyFrom(anyLabel(labels), taken)
    if (!value) taken.push(known)
    return { value: known, label: completed(labels), color, ...(kind ? { kind, probability } : {}) }
  })
}

import type { Stage, StageInput } from '@oneforge/client'
import { anyLabel, completed } from '../settings/naming.ts'

/** A stage as the API takes it: its names in all languages, and what it does not have said as none. */
export function stageInput({ value, labels, color, kind, probability, ...rest }: Stage): StageInput {
  return {
    value,
    label: completed(labels),
    color,
    kind,
    probability,
    requires: rest.requires,
    moments: rest.moments,
    moves: rest.moves,
    checklist: rest.checklist
      .filter((item) => anyLabel(item.labels))
      .map((item) => ({ key: item.key, label: completed(item.labels), required: item.required })),
    reasons: rest.reasons && {
      required: rest.reasons.required,
      options: rest.reasons.options
        .filter((option) => anyLabel(option.labels))
        .map((option) => ({ value: option.value, label: completed(option.labels) })),
    },
    rottingDays: rest.rottingDays,
  }
}

/** A stage that nobody has said anything of yet. */
export const newStage = (): Stage => ({
  value: '',
  label: '',
  labels: { en: '' },
  color: 'gray',
  kind: 'open',
  probability: null,
  requires: [],
  moments: [],
  moves: null,
  checklist: [],
  reasons: null,
  rottingDays: null,
})

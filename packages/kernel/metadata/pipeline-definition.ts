/** Pipelines as they are defined. */
import type { FieldOption, LocalizedText, OptionColor } from './option-definition.ts'

export interface StageDefinition {
  value: string
  label: LocalizedText
  color?: OptionColor
  /** `won` and `lost` end the way through the pipeline. */
  kind?: 'open' | 'won' | 'lost'
  /** Chance of winning in percent, for forecasts. */
  probability?: number
  /** Keys of fields that have a value when a record enters. */
  requires?: string[]
  /** Keys of moments that are filled with now when a record moves here, where they are empty. */
  moments?: string[]
  /** Stages that may come next; any, unless said. */
  moves?: string[]
  /** What is ticked off before a record leaves, unless it is lost. */
  checklist?: ChecklistItem[]
  /** Why a record came here: asked when it does. */
  reasons?: StageReasons
  /** Records that are here longer are rotting. */
  rottingDays?: number
}

export interface ChecklistItem {
  /** snake_case, unique in the stage. */
  key: string
  label: LocalizedText
  required?: boolean
}

export interface StageReasons {
  required?: boolean
  options: FieldOption[]
}

/** An ordered set of stages. The select field named by `field` shows and sets the stage; its options are the stages. */
export interface PipelineDefinition {
  key: string
  label: LocalizedText
  field: string
  stages: StageDefinition[]
}

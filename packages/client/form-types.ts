/** What forms are made of, and what those who fill them in are asked. */
import type { Form as StoredForm } from './generated.ts'
import type { FieldOption, FieldRules, FieldType } from './metadata-types.ts'
import type { Filter } from './record-types.ts'
import type { LocalizedText } from './text-types.ts'

export type FormText = string | LocalizedText

interface QuestionBase {
  id: string
  visible?: Filter
}

/** What a relation is chosen from in front of the workspace, once it is decided that everybody may read the titles. */
export interface FormOffer {
  filter?: Filter
  most?: number
  titlesPublic: boolean
}

export type FieldQuestion = QuestionBase & {
  kind: 'field'
  field: string
  label?: FormText
  help?: FormText
  required?: boolean
  prefill?: string
  hidden?: boolean
  offer?: FormOffer
}
export type ConsentQuestion = QuestionBase & { kind: 'consent'; text: FormText; required: boolean; field?: string }
export type FilesQuestion = QuestionBase & {
  kind: 'files'
  label: FormText
  help?: FormText
  required?: boolean
  most?: number
  megabytes?: number
}
export type TextQuestion = QuestionBase & { kind: 'text'; text: FormText }
export type FormQuestion = FieldQuestion | TextQuestion | ConsentQuestion | FilesQuestion

export interface FormStep {
  id: string
  title?: FormText
  questions: FormQuestion[]
}

export type FormMatch =
  | { by: 'nothing' }
  | { by: 'rules'; known: 'fill' | 'overwrite' }
  | { by: 'fields'; fields: string[]; known: 'fill' | 'overwrite' }

export interface FormDefinition {
  title: FormText
  intro?: FormText
  submit?: FormText
  steps: FormStep[]
  /** Set in every record that it makes. */
  values: Record<string, unknown>
  match: FormMatch
  thanks: { title: FormText; text?: FormText; redirect?: string }
}

export type Form = Omit<StoredForm, 'definition'> & { definition: FormDefinition }
export type FormInput = Pick<Form, 'name' | 'object' | 'audience' | 'definition'>
export type FormChange = Partial<Pick<Form, 'name' | 'audience' | 'published' | 'definition'>>

/** A field as a form asks for it. */
export interface AskedField {
  key: string
  type: FieldType
  label: string
  help: string | null
  required: boolean
  options: FieldOption[]
  rules: FieldRules | null
  currency: string | null
  /** Of files: how many, and how large each may be in bytes. */
  files: { most: number; largest: number } | null
  /** Of relations: what can be chosen, or the object whose records a member searches. */
  relation: { many: boolean; object: string | null; choices: { id: string; title: string }[] | null } | null
}

interface AskedBase {
  id: string
  visible: Filter | null
}

export type AskedQuestion = AskedBase &
  (
    | { kind: 'field'; field: AskedField; prefill: string | null; hidden: boolean }
    | { kind: 'text'; text: string }
    | { kind: 'consent'; text: string; required: boolean; field: string | null }
    | { kind: 'files'; label: string; help: string | null; required: boolean; most: number; largest: number }
  )

export interface AskedStep {
  id: string
  title: string | null
  questions: AskedQuestion[]
}

/** A form as whoever fills it in gets it. */
export interface AskedForm {
  id: string
  title: string
  intro: string | null
  submit: string | null
  workspace: { name: string; locale: string; timeZone: string; currency: string; country: string | null }
  locale: string
  steps: AskedStep[]
  challenge: { token: string; bits: number }
}

export interface SentForm {
  token: string
  proof?: number
  answers: Record<string, unknown>
  consents: string[]
  files: Record<string, string[]>
  website?: string
}

/** Types of fields that forms ask for; what is worked out is asked of nobody. */
export const askedTypes: readonly FieldType[] = [
  'text',
  'longtext',
  'number',
  'integer',
  'money',
  'percent',
  'boolean',
  'date',
  'datetime',
  'time',
  'duration',
  'select',
  'multiselect',
  'tags',
  'email',
  'phone',
  'url',
  'address',
  'rating',
  'file',
  'relation',
]

/** What a form is made of, as it is stored and sent. */
import type { FieldType, LocalizedText } from '@oneforge/kernel/metadata'

/** A text in one language, or in several: then the language of whoever fills the form in is taken. */
export type Text = string | LocalizedText

interface QuestionBase {
  /** Unique in its form. */
  id: string
  /** The filter language over the answers to other questions; absent: always asked. */
  visible?: unknown
}

export type FieldQuestion = QuestionBase & {
  kind: 'field'
  /** Key of a field of the form's object. */
  field: string
  /** In place of the field's own label and help. */
  label?: Text
  help?: Text
  /** Beside what the object itself requires. */
  required?: boolean
  /** The name of the parameter of the address that fills it in beforehand. */
  prefill?: string
  /** It is not shown: what the address fills in, as the campaign somebody came by. */
  hidden?: boolean
  /** Of a relation: what it is chosen from in front of the workspace. */
  offer?: Offer
}

/** Records that everybody who opens a form is shown the titles of. */
export interface Offer {
  /** Which ones; all without it. */
  filter?: unknown
  /** How many, the first by title; 50 unless said. */
  most?: number
  /** Whoever made the form has decided that everybody may read them: without it nothing is offered. */
  titlesPublic: boolean
}

export type TextQuestion = QuestionBase & { kind: 'text'; text: Text }

/** `field` is a yes-or-no field that keeps it. */
export type ConsentQuestion = QuestionBase & { kind: 'consent'; text: Text; required: boolean; field?: string }

/** They become files of the record. */
export type FilesQuestion = QuestionBase & {
  kind: 'files'
  label: Text
  help?: Text
  required?: boolean
  most?: number
  /** How large each may be; as large as forms take them unless said. */
  megabytes?: number
}

export type Question = FieldQuestion | TextQuestion | ConsentQuestion | FilesQuestion

export interface FormStep {
  id: string
  title?: Text
  questions: Question[]
}

export interface FormDefinition {
  title: Text
  intro?: Text
  /** What the button says that sends it. */
  submit?: Text
  steps: FormStep[]
  /** What is set in every record that is made by it, such as where it came from. */
  values: Record<string, unknown>
  match: FormMatch
  thanks: { title: Text; text?: Text; redirect?: string }
}

/**
 * What becomes of answers about somebody who is known already: by the duplicate rules of the object, or by fields that
 * are the same. `fill` adds what is not known yet, `overwrite` takes the answers for the truth.
 */
export type FormMatch =
  | { by: 'nothing' }
  | { by: 'rules'; known: 'fill' | 'overwrite' }
  | { by: 'fields'; fields: string[]; known: 'fill' | 'overwrite' }

/**
 * Types whose values a person can give who has no account. Of records nothing is shown but the titles of those that the
 * form offers.
 */
export const askedTypes = [
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
] as const satisfies readonly FieldType[]

export const questionsOf = ({ steps }: Pick<FormDefinition, 'steps'>): Question[] =>
  steps.flatMap(({ questions }) => questions)

/** The fields that questions of the form fill in, consents among them. */
export function fieldsAsked(form: Pick<FormDefinition, 'steps'>): string[] {
  return questionsOf(form).flatMap((question) => {
    const key = question.kind === 'field' || question.kind === 'consent' ? question.field : undefined
    return key ?? []
  })
}

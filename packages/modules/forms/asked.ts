/** A form as whoever fills it in gets it: in their language, and with nothing but what it asks. */
import { type CompiledField, type CompiledObject, inLocale, type TenantModel } from '@oneforge/kernel/metadata'
import { presentAsked } from '../workspace/index.ts'
import { type FormDefinition, type FormStep, type Question, questionsOf, type Text } from './form.ts'
import { isAsked } from './forms.check.ts'

export interface Asking {
  model: TenantModel
  object: CompiledObject
  form: FormDefinition
  locale: string
}

export const textIn = (text: Text, locale: string): string => (typeof text === 'string' ? text : inLocale(text, locale))

const optional = (text: Text | undefined, locale: string): string | null =>
  text === undefined ? null : textIn(text, locale)

export function presentForm(asking: Asking): object {
  const { model, form, locale } = asking
  return {
    title: textIn(form.title, locale),
    intro: optional(form.intro, locale),
    submit: optional(form.submit, locale),
    workspace: {
      name: model.name,
      locale: model.locale,
      timeZone: model.timeZone,
      currency: model.currency,
      country: model.country ?? null,
    },
    locale,
    steps: form.steps.map((step) => presentStep(asking, step)),
  }
}

function presentStep(asking: Asking, { id, title, questions }: FormStep): object {
  return {
    id,
    title: optional(title, asking.locale),
    questions: questions.flatMap((question) => presentQuestion(asking, question) ?? []),
  }
}

function presentQuestion({ object, locale }: Asking, question: Question): object | undefined {
  const { id, kind, visible = null } = question
  const head = { id, kind, visible }
  switch (question.kind) {
    case 'text':
      return { ...head, text: textIn(question.text, locale) }
    case 'consent':
      return {
        ...head,
        text: textIn(question.text, locale),
        required: question.required,
        field: question.field ?? null,
      }
    case 'files': {
      const { label, help, required = false } = question
      return {
        ...head,
        label: textIn(label, locale),
        help: optional(help, locale),
        required,
        most: mostFiles(question),
      }
    }
    case 'field': {
      const field = object.field.get(question.field)
      // A field that has gone is asked for no more; the form's owner is told.
      if (!field || !isAsked(field)) return undefined
      const { prefill = null, hidden = false } = question
      return { ...head, prefill, hidden, field: askedField({ question, field, locale }) }
    }
  }
}

export const mostFiles = ({ most = 5 }: Extract<Question, { kind: 'files' }>): number => most

function askedField(parts: {
  question: Extract<Question, { kind: 'field' }>
  field: CompiledField
  locale: string
}): object {
  const { question, field, locale } = parts
  const shown = presentAsked(field, locale)
  return {
    ...shown,
    label: question.label === undefined ? shown.label : textIn(question.label, locale),
    help: question.help === undefined ? shown.help : textIn(question.help, locale),
    required: question.required ?? shown.required,
  }
}

/** The question that fills in a field. */
export const questionOf = (form: FormDefinition, key: string): Question | undefined =>
  questionsOf(form).find((question) => question.kind === 'field' && question.field === key)

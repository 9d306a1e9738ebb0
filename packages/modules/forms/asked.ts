/** A form as whoever fills it in gets it: in their language, and with nothing but what it asks. */
import { type CompiledField, type CompiledObject, inLocale, type TenantModel } from '@oneforge/kernel/metadata'
import { presentAsked } from '../workspace/index.ts'
import {
  type FieldQuestion,
  type FormDefinition,
  type FormStep,
  type Question,
  questionsOf,
  type Text,
} from './form.ts'
import { isAsked } from './forms.check.ts'
import { type Choice, targetOf } from './offers.ts'
import { mostOfField } from './received-files.ts'
import { largestFile, largestFor, mostFiles } from './sent-files.ts'

export interface Asking {
  model: TenantModel
  object: CompiledObject
  form: FormDefinition
  locale: string
  /** What is offered in front of the workspace, by question; undefined inside, where members search for themselves. */
  choices: Map<string, Choice[]> | undefined
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

function presentQuestion(asking: Asking, question: Question): object | undefined {
  const { model, object, locale } = asking
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
        largest: largestFor(question),
      }
    }
    case 'field': {
      const field = object.field.get(question.field)
      // A field that has gone is asked for no more; the form's owner is told.
      if (!field || !isAsked(model, object, field)) return undefined
      const { prefill = null, hidden = false } = question
      return { ...head, prefill, hidden, field: askedField(asking, question, field) }
    }
  }
}

function askedField(asking: Asking, question: FieldQuestion, field: CompiledField): object {
  const { model, object, locale, choices } = asking
  const shown = presentAsked(field, locale)
  return {
    ...shown,
    label: question.label === undefined ? shown.label : textIn(question.label, locale),
    help: question.help === undefined ? shown.help : textIn(question.help, locale),
    required: question.required ?? shown.required,
    files:
      field.type === 'file'
        ? { most: mostOfField(field), largest: Math.min(field.rules?.maxSize ?? largestFile, largestFile) }
        : null,
    relation: field.type === 'relation' ? { many: field.relation?.many ?? false, ...offered() } : null,
  }

  function offered(): object {
    if (choices) return { object: null, choices: choices.get(question.id) ?? [] }
    return { object: targetOf(model, object, field)?.slug ?? null, choices: null }
  }
}

/** The question that fills in a field. */
export const questionOf = (form: FormDefinition, key: string): Question | undefined =>
  questionsOf(form).find((question) => question.kind === 'field' && question.field === key)

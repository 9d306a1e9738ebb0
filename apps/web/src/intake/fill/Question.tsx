import { Checkbox } from '@mantine/core'
import type { AskedField } from '@oneforge/client'
import { useMemo } from 'react'
import { FieldEditor } from '../../fields/FieldEditor.tsx'
import { acceptedTypes } from '../../files/fieldLimits.ts'
import { onDemand } from '../../ui/onDemand.tsx'
import { withValue } from './asked.ts'
import { askedField } from './askedField.ts'
import { FilesQuestion } from './FilesQuestion.tsx'
import classes from './FilledForm.module.css'
import type { QuestionProps } from './questionProps.ts'
import { useNamedRecord } from './useNamedRecord.ts'

/** Few forms ask for records, and what they are chosen with weighs more than the rest of a form. */
const ChoiceQuestion = onDemand(async () => (await import('./ChoiceQuestion.tsx')).ChoiceQuestion)

/** One thing that a form asks, or says. */
export function Question(props: QuestionProps) {
  const { question, given, error, onChange } = props
  switch (question.kind) {
    case 'text':
      return <p className={classes.words}>{question.text}</p>
    case 'files':
      return <FilesQuestion {...props} {...question} />
    case 'consent':
      return (
        <Checkbox
          label={question.text}
          required={question.required}
          checked={given.consents.includes(question.id)}
          error={error}
          onChange={({ currentTarget: { checked } }) =>
            onChange((before) => {
              const others = before.consents.filter((id) => id !== question.id)
              return { ...before, consents: checked ? [...others, question.id] : others }
            })
          }
        />
      )
    case 'field':
      return <FieldQuestion {...props} id={question.id} asked={question.field} />
  }
}

type FieldProps = QuestionProps & { id: string; asked: AskedField }

function FieldQuestion({ id, asked, ...props }: FieldProps) {
  const { files, relation } = asked
  if (files) return <FilesQuestion {...props} {...asked} {...files} id={id} accept={acceptedTypes(asked.rules)} />
  if (!relation?.choices) return <AskedInput {...props} asked={asked} />
  return (
    <ChoiceQuestion
      {...asked}
      many={relation.many}
      choices={relation.choices}
      value={props.given.values[asked.key]}
      error={props.error}
      onChange={(value) => props.onChange(withValue(asked.key, value))}
    />
  )
}

function AskedInput({ asked, given, error, onChange }: QuestionProps & { asked: AskedField }) {
  const field = useMemo(() => askedField(asked), [asked])
  const value = given.values[field.key] ?? null
  const change = (next: unknown) => onChange(withValue(field.key, next))
  const isNamed = useNamedRecord(asked, value, change)
  return <FieldEditor field={field} variant="form" value={isNamed ? null : value} error={error} onChange={change} />
}

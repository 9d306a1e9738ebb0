import { Checkbox } from '@mantine/core'
import type { AskedQuestion } from '@oneforge/client'
import { useMemo } from 'react'
import { FieldEditor } from '../../fields/FieldEditor.tsx'
import { askedField } from './askedField.ts'
import { FilesQuestion } from './FilesQuestion.tsx'
import classes from './FilledForm.module.css'
import type { QuestionProps } from './questionProps.ts'

/** One thing that a form asks, or says. */
export function Question(props: QuestionProps) {
  const { question, given, error, onChange } = props
  switch (question.kind) {
    case 'text':
      return <p className={classes.words}>{question.text}</p>
    case 'files':
      return <FilesQuestion {...props} question={question} />
    case 'consent':
      return (
        <Checkbox
          label={question.text}
          required={question.required}
          checked={given.consents.includes(question.id)}
          error={error}
          onChange={(event) => {
            const others = given.consents.filter((id) => id !== question.id)
            onChange({ consents: event.currentTarget.checked ? [...others, question.id] : others })
          }}
        />
      )
    case 'field':
      return <AskedInput {...props} asked={question.field} />
  }
}

function AskedInput({
  asked,
  given,
  error,
  onChange,
}: QuestionProps & { asked: Extract<AskedQuestion, { kind: 'field' }>['field'] }) {
  const field = useMemo(() => askedField(asked), [asked])
  return (
    <FieldEditor
      field={field}
      variant="form"
      value={given.values[field.key] ?? null}
      error={error}
      onChange={(value) => onChange({ values: { ...given.values, [field.key]: value } })}
    />
  )
}

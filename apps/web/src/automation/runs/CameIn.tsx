import type { WorkflowRunDetail } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useObject } from '../../api/objects.ts'
import { useRecord } from '../../api/records.ts'
import { FieldValue } from '../../fields/FieldValue.tsx'
import { isEmptyValue } from '../../fields/format.ts'
import { useForm } from '../../intake/edit/formQueries.ts'
import classes from './runs.module.css'
import { Data } from './StepData.tsx'
import { cameIn, isId } from './stepValues.ts'

/** What a run began with: the body of a call, the answers of a form, a message, what changed into what. */
export function CameIn({ run }: { run: WorkflowRunDetail }) {
  const { t } = useTranslation('automation')
  const { trigger, record, definition } = run
  return (
    <>
      <Data label={t('run.cameIn')} value={cameIn(trigger)} object={definition.object} />
      {record && isId(trigger.form) && <Answers form={String(trigger.form)} object={record.object} id={record.id} />}
    </>
  )
}

/** A form keeps its answers in the record that it made and nowhere else: they are told as that has them now. */
function Answers({ form: formId, object: slug, id }: { form: string; object: string; id: string }) {
  const { t } = useTranslation('automation')
  const { data: form } = useForm(formId)
  const { data: object } = useObject(slug)
  const { data: record } = useRecord(slug, id)
  if (!form || !object || !record) return null
  const asked = new Set(
    form.definition.steps.flatMap(({ questions }) =>
      questions.flatMap((question) => ('field' in question && question.field ? question.field : [])),
    ),
  )
  const answered = object.fields.filter(({ key }) => asked.has(key) && !isEmptyValue(record[key]))
  if (answered.length === 0) return null
  return (
    <div>
      <h3 className={classes.label}>{t('run.answers', { form: form.name })}</h3>
      <div className={classes.data} dir="auto">
        <dl>
          {answered.map((field) => (
            <div key={field.key}>
              <dt>{field.label}</dt>
              <dd>
                <FieldValue field={field} value={record[field.key]} record={record} />
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  )
}

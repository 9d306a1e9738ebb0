import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import type { Form, FormDefinition, FormQuestion, FormStep, ObjectMeta } from '@oneforge/client'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OptionBadge } from '../../fields/OptionBadge.tsx'
import { SortableList } from '../../settings/SortableList.tsx'
import { AddQuestion } from './AddQuestion.tsx'
import classes from './edit.module.css'
import { QuestionDrawer } from './QuestionDrawer.tsx'
import { movedTo, newId, withQuestion, withSteps } from './questions.ts'
import { textIn, withText } from './texts.ts'

interface QuestionsTabProps {
  object: ObjectMeta
  form: FormDefinition
  audience: Form['audience']
  onChange: (form: FormDefinition) => void
}

/** The steps of a form and what each of them asks, in the order in which it is asked. */
export function QuestionsTab({ object, form, audience, onChange }: QuestionsTabProps) {
  const { t } = useTranslation('intake')
  const [openId, setOpenId] = useState<string>()
  const open = form.steps.flatMap(({ questions }) => questions).find(({ id }) => id === openId)
  const addStep = () => onChange({ ...form, steps: [...form.steps, { id: newId(), questions: [] }] })
  return (
    <Stack gap="md">
      {form.steps.map((step, index) => (
        <StepCard
          key={step.id}
          step={step}
          number={index + 1}
          object={object}
          form={form}
          onChange={onChange}
          onOpen={setOpenId}
        />
      ))}
      <Button variant="subtle" w="fit-content" leftSection={<IconPlus size={14} aria-hidden />} onClick={addStep}>
        {t('addStep')}
      </Button>
      {open && (
        <QuestionDrawer
          key={open.id}
          question={open}
          object={object}
          form={form}
          audience={audience}
          onChange={(next) => onChange(withQuestion(form, open.id, next))}
          onMove={(stepId) => onChange(movedTo(form, open, stepId))}
          onClose={() => setOpenId(undefined)}
        />
      )}
    </Stack>
  )
}

interface StepCardProps extends Omit<QuestionsTabProps, 'audience'> {
  step: FormStep
  number: number
  onOpen: (id: string) => void
}

function StepCard({ step, number, object, form, onChange, onOpen }: StepCardProps) {
  const { t, i18n } = useTranslation('intake')
  const change = (next: FormStep) => onChange(withSteps(form, (one) => (one.id === step.id ? next : one)))
  const isRelation = (key: string) => object.fields.find((field) => field.key === key)?.type === 'relation'
  const isAlone = form.steps.length === 1
  const name = t('stepNumber', { number })
  return (
    <section className={classes.step} aria-label={name}>
      {!isAlone && (
        <Group gap="xs" mb="xs" wrap="nowrap">
          <TextInput
            flex={1}
            aria-label={t('stepTitle', { number })}
            placeholder={name}
            value={textIn(step.title, i18n.language)}
            onChange={(event) =>
              change({ ...step, title: withText(step.title, i18n.language, event.currentTarget.value) })
            }
          />
          <ActionIcon
            aria-label={t('removeStep', { number })}
            disabled={step.questions.length > 0}
            onClick={() => onChange({ ...form, steps: form.steps.filter(({ id }) => id !== step.id) })}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      )}
      <SortableList
        plain
        items={step.questions}
        idOf={({ id }) => id}
        labelOf={(question) => questionName(question, object, i18n.language)}
        onMove={(questions) => change({ ...step, questions })}
      >
        {(question) => (
          <QuestionLine
            question={question}
            name={questionName(question, object, i18n.language)}
            onOpen={() => onOpen(question.id)}
            onRemove={() => onChange(withQuestion(form, question.id, undefined))}
          />
        )}
      </SortableList>
      {step.questions.length === 0 && (
        <Text size="sm" c="dimmed" py={6}>
          {t('emptyStep')}
        </Text>
      )}
      <AddQuestion
        object={object}
        form={form}
        onAdd={(question) => {
          change({ ...step, questions: [...step.questions, question] })
          // What it takes a decision to ask opens at once.
          if (question.kind !== 'field' || isRelation(question.field)) onOpen(question.id)
        }}
      />
    </section>
  )
}

interface QuestionLineProps {
  question: FormQuestion
  name: string
  onOpen: () => void
  onRemove: () => void
}

function QuestionLine({ question, name, onOpen, onRemove }: QuestionLineProps) {
  const { t } = useTranslation('intake')
  return (
    <div className={classes.question}>
      <Text size="sm" className={classes.questionName} c={question.kind === 'text' ? 'dimmed' : undefined}>
        {name}
      </Text>
      {question.visible !== undefined && <OptionBadge color="blue" label={t('sometimes')} />}
      {question.kind === 'field' && question.hidden && <OptionBadge label={t('hidden')} />}
      <ActionIcon aria-label={t('editQuestion', { name })} onClick={onOpen}>
        <IconPencil size={15} />
      </ActionIcon>
      <ActionIcon aria-label={t('removeQuestion', { name })} onClick={onRemove}>
        <IconTrash size={15} />
      </ActionIcon>
    </div>
  )
}

/** As it stands in the form. */
export function questionName(question: FormQuestion, object: ObjectMeta, language: string): string {
  if (question.kind === 'field') {
    const field = object.fields.find(({ key }) => key === question.field)
    return textIn(question.label, language) || (field?.label ?? question.field)
  }
  return textIn(question.kind === 'files' ? question.label : question.text, language)
}

import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { ApiError, type AskedForm, type AskedQuestion, type FormDoor } from '@oneforge/client'
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react'
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../api/client.ts'
import { type Answering, lacking, nameOf, questionsAsked } from './asked.ts'
import classes from './FilledForm.module.css'
import { Question } from './Question.tsx'
import { type Side, useFilling } from './useFilling.ts'

interface FilledFormProps {
  form: AskedForm
  door: FormDoor
  side: Side
  /** Opens it anew, after it was open for too long. */
  onOutdated: () => void
}

/** A form, step by step, until it is sent and somebody is thanked. */
export function FilledForm({ form, door, side, onOutdated }: FilledFormProps) {
  const { t } = useTranslation('filling')
  const { given, change, send, errors: refused, received, trap, uploads } = useFilling(form, door, side)
  const [at, setAt] = useState(0)
  const [lacks, setLacks] = useState<ReturnType<typeof lacking>>({})
  const body = useRef<HTMLFormElement>(null)
  const asked = useMemo(() => questionsAsked(form, given, new Date()), [form, given])
  const steps = shownSteps(form, asked)
  const step = steps[Math.min(at, steps.length - 1)]
  const isLast = at >= steps.length - 1
  const onItsWay = uploads.sending.find(({ question, error }) => error === undefined && asked.has(question))
  const broken = new Set(uploads.sending.flatMap(({ question, error }) => (error === undefined ? [] : [question])))
  // A file that was missing may have arrived since.
  const still = lacking(step?.questions ?? [], given, broken)
  const errors = {
    ...refused,
    ...Object.fromEntries(
      Object.entries(lacks).flatMap(([name, lack]) => (name in still ? [[name, t(`lack.${lack}`)]] : [])),
    ),
  }
  useStepOfError(refused, steps, setAt)
  useFocusOnError(body, errors)

  if (received) return <Thanks {...received} />

  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    if (isLast && onItsWay) return
    const upToHere = steps.slice(isLast ? 0 : at, at + 1)
    const missing = lacking(
      upToHere.flatMap(({ questions }) => questions),
      given,
      broken,
    )
    setLacks(missing)
    if (Object.keys(missing).length > 0) setAt(placeOf(missing, steps))
    else if (isLast) send.mutate(asked)
    else setAt(at + 1)
  }

  function onChange(answer: Answering, name: string): void {
    change(answer)
    setLacks(({ [name]: _, ...others }) => others)
  }

  // What no question that is shown is about can be told here alone.
  const unseen = Object.entries(refused).flatMap(([name, message]) =>
    placeOf({ [name]: message }, steps) < 0 ? [`${name} ${message}`] : [],
  )
  const outdated = send.error instanceof ApiError && send.error.status === 409
  return (
    <form ref={body} onSubmit={onSubmit} noValidate className={classes.form} aria-label={form.title}>
      <header>
        <h1 className={classes.title}>{form.title}</h1>
        {form.intro && at === 0 && <p className={classes.intro}>{form.intro}</p>}
      </header>
      {steps.length > 1 && (
        <div>
          <Text size="xs" c="dimmed" mb={6}>
            {t('step', { at: at + 1, of: steps.length })}
            {step?.title && ` · ${step.title}`}
          </Text>
          <Progress value={((at + 1) / steps.length) * 100} size="xs" aria-label={t('progress')} />
        </div>
      )}
      {step?.title && steps.length === 1 && <h2 className={classes.stepTitle}>{step.title}</h2>}
      <Stack gap="md" key={step?.id}>
        {step?.questions.map((question) => (
          <Question
            key={question.id}
            question={question}
            uploads={uploads}
            given={given}
            error={errors[nameOf(question)]}
            onChange={(answer) => onChange(answer, nameOf(question))}
          />
        ))}
      </Stack>
      <div className={classes.unseen} aria-hidden>
        <label>
          Website
          <input ref={trap} name="website" tabIndex={-1} autoComplete="off" />
        </label>
      </div>
      {send.error && (Object.keys(refused).length === 0 || unseen.length > 0) && (
        <Alert color="red" variant="light" icon={<IconAlertCircle size={18} />} role="alert">
          {outdated ? t('outdated') : unseen.join('; ') || errorText(send.error)}
          {outdated && (
            <Button mt="xs" variant="light" color="red" onClick={onOutdated}>
              {t('reopen')}
            </Button>
          )}
        </Alert>
      )}
      <Group justify="space-between">
        {at > 0 ? (
          <Button size="sm" variant="default" onClick={() => setAt(at - 1)}>
            {t('back')}
          </Button>
        ) : (
          <span />
        )}
        <Button size="sm" type="submit" loading={send.isPending} disabled={isLast && onItsWay !== undefined}>
          {isLast ? (form.submit ?? t('send')) : t('next')}
        </Button>
      </Group>
      <Text size="xs" c="dimmed" ta="end" role="status" className={classes.waiting}>
        {isLast && onItsWay && t('waitsFor', { name: onItsWay.file.name })}
      </Text>
    </form>
  )
}

/** Steps with something in them, each with the questions that are asked now. */
function shownSteps(form: AskedForm, asked: Set<string>) {
  const isShown = (question: AskedQuestion) => asked.has(question.id) && !(question.kind === 'field' && question.hidden)
  return form.steps
    .map((step) => ({ ...step, questions: step.questions.filter(isShown) }))
    .filter(({ questions }) => questions.length > 0)
}

/** The first step with something named among its questions; -1 where there is none. */
const placeOf = (named: Record<string, string>, steps: { questions: AskedQuestion[] }[]): number =>
  steps.findIndex(({ questions }) => questions.some((question) => nameOf(question) in named))

/** What the server refuses may stand on an earlier step. */
function useStepOfError(
  errors: Record<string, string>,
  steps: { questions: AskedQuestion[] }[],
  goTo: (step: number) => void,
): void {
  const names = Object.keys(errors).join()
  const place = placeOf(errors, steps)
  const first = useRef(place)
  first.current = place
  useEffect(() => {
    if (names && first.current >= 0) goTo(first.current)
  }, [names, goTo])
}

/** Whoever does not see the page is brought to what is to be mended. */
function useFocusOnError(body: { current: HTMLFormElement | null }, errors: Record<string, string>): void {
  const names = Object.keys(errors).join()
  useEffect(() => {
    if (names) body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [names, body])
}

function Thanks({ title, text, redirect }: { title: string; text: string | null; redirect: string | null }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
    // Out of a frame as well: the site that holds it is meant.
    if (redirect) window.open(redirect, '_top')
  }, [redirect])
  return (
    <div className={classes.thanks}>
      <IconCircleCheck size={36} stroke={1.4} color="var(--mantine-color-green-6)" aria-hidden />
      <h1 className={classes.title} ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {text && <p className={classes.intro}>{text}</p>}
    </div>
  )
}

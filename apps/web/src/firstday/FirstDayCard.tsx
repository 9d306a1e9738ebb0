import { Button, CloseButton, UnstyledButton, VisuallyHidden } from '@mantine/core'
import type { FirstDay } from '@oneforge/client'
import { IconCircle, IconCircleCheckFilled, IconRoute } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useWorkspace } from '../api/workspace.ts'
import { openPalette } from '../app/paletteStore.ts'
import { paths } from '../paths.ts'
import { showError, showToast } from '../ui/toast.tsx'
import { useFirstDay, useFirstDayOver } from './firstDay.ts'
import classes from './firstday.module.css'
import { beginTour } from './tourStore.ts'

type Step = FirstDay['steps'][number]

/** On the home page of who is new: what to try first, checked off by what they have done; gone for good at a click. */
export default function FirstDayCard() {
  const { t } = useTranslation('firstday')
  const { data, isError } = useFirstDay()
  const turn = useFirstDayOver()
  if (isError) return null
  if (!data) return <div className={classes.space} aria-busy="true" />
  const end = () => turn(true).then(() => showToast({ message: t('hidden'), undo: () => turn(false) }), showError)
  const done = data.steps.filter((step) => step.done).length
  const isThrough = done === data.steps.length
  return (
    <section className={classes.card} aria-label={t('title')}>
      <header className={classes.head}>
        <h2 className={classes.title}>{t('title')}</h2>
        <span className={classes.progress}>{t('progress', { done, count: data.steps.length })}</span>
        <div className={classes.actions}>
          {isThrough ? (
            <Button onClick={end}>{t('through')}</Button>
          ) : (
            <Button variant="default" leftSection={<IconRoute size={16} />} onClick={beginTour}>
              {t('showAround')}
            </Button>
          )}
          <CloseButton aria-label={t('hide')} title={t('hide')} onClick={end} />
        </div>
      </header>
      <ul className={classes.steps}>
        {data.steps.map((step) => (
          <li key={step.key} data-done={step.done || undefined}>
            <StepLine step={step} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function StepLine({ step }: { step: Step }) {
  const { t } = useTranslation('firstday')
  const { objects } = useWorkspace()
  const object = objects.find(({ slug }) => slug === step.object)
  const words = { label: object?.label, labelPlural: object?.labelPlural }
  const line = (
    <>
      {step.done ? <IconCircleCheckFilled size={18} aria-hidden /> : <IconCircle size={18} stroke={1.5} aria-hidden />}
      <span>
        {step.done && <VisuallyHidden>{t('done')} </VisuallyHidden>}
        {t(`step.${step.key}`, words)}
      </span>
    </>
  )
  const place = placeOf(step)
  return place ? (
    <Link className={classes.step} to={place}>
      {line}
    </Link>
  ) : (
    <UnstyledButton className={classes.step} onClick={openPalette}>
      {line}
    </UnstyledButton>
  )
}

/** Where the step is done; the search opens wherever one is. */
function placeOf({ key, object }: Step): string | undefined {
  switch (key) {
    case 'record':
      return paths.create(object!)
    case 'import':
      return paths.import(object!)
    case 'field':
      return paths.settings(object ? `objects/${object}` : 'objects')
    case 'board':
      return paths.list(object!, { as: 'kanban' })
    case 'note':
      return paths.list(object!)
    case 'favourite':
      return object ? paths.list(object) : paths.settings()
    case 'invite':
      return paths.settings('members')
    case 'task':
      return paths.day()
    case 'protect':
      return paths.ownSecurity()
    case 'search':
      return undefined
  }
}

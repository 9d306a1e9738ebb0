import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Difference, isSame, type StepChange } from '../flow/difference.ts'
import type { Step } from '../flow/flow.ts'
import classes from './builder.module.css'

/** What is different, step by step, each part of a changed one as it was and as it is. */
export function DifferenceList({ difference }: { difference: Difference }) {
  const { t } = useTranslation('automation')
  if (isSame(difference)) return <Text size="sm">{t('difference.none')}</Text>
  return (
    <ul className={classes.changes}>
      {difference.parts.map((part) => (
        <li key={part} data-change="changed">
          <strong>{t(`difference.part.${part}`)}</strong> <span>{t('change.changed')}</span>
        </li>
      ))}
      {difference.steps.map((change) => (
        <ChangedStep key={change.step.id} {...change} />
      ))}
    </ul>
  )
}

function ChangedStep({ change, step, before }: StepChange) {
  const { t } = useTranslation('automation')
  const parts = change === 'changed' && before ? partsOf(before, step) : []
  return (
    <li data-change={change}>
      <strong>{step.name || t(`step.${step.type}`)}</strong> <span>{t(`change.${change}`)}</span>
      {parts.map(({ name, was, is }) => (
        <div key={name} className={classes.part}>
          <span>{name}</span> <del>{was}</del> <ins>{is}</ins>
        </div>
      ))}
    </li>
  )
}

interface ChangedPart {
  name: string
  was: string
  is: string
}

const bodies = new Set(['then', 'else', 'otherwise', 'onTimeout', 'steps', 'approved', 'rejected', 'branches'])

function partsOf(before: Step, after: Step): ChangedPart[] {
  const [was, is] = [before as unknown as Record<string, unknown>, after as unknown as Record<string, unknown>]
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => !bodies.has(name) && JSON.stringify(was[name]) !== JSON.stringify(is[name]))
    .map((name) => ({ name, was: shown(was[name]), is: shown(is[name]) }))
}

const shown = (value: unknown): string =>
  value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)

import { useTranslation } from 'react-i18next'
import classes from './ImportWizard.module.css'

const everyStep = ['upload', 'match', 'preview', 'import'] as const
export type StepName = (typeof everyStep)[number]

/** Where one is in the wizard. */
export function Steps({ names = everyStep, current }: { names?: readonly StepName[]; current: StepName }) {
  const { t } = useTranslation('imports')
  return (
    <ol className={classes.steps}>
      {names.map((name, index) => (
        <li
          key={name}
          className={classes.step}
          data-state={index < names.indexOf(current) ? 'done' : name === current ? 'current' : 'ahead'}
          aria-current={name === current ? 'step' : undefined}
        >
          <span className={classes.stepNumber}>{index + 1}</span>
          <span className={classes.stepName}>{t(`steps.${name}`)}</span>
        </li>
      ))}
    </ol>
  )
}

import type { TemplateSummary } from '@oneforge/client'
import { IconCheck } from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import classes from './FirstRunPage.module.css'

/** An industry with what it brings; the whole card is the button. */
export function TemplateCard({ template, onChoose }: { template: TemplateSummary; onChoose: () => void }) {
  const { t } = useTranslation('firstrun')
  const objects = template.objects.map(({ labelPlural }) => labelPlural).join(' · ')
  const color = { '--template-color': `var(--mantine-color-${template.color}-6)` } as CSSProperties
  return (
    <article className={classes.card} style={color}>
      <span className={classes.cardIcon}>
        <ObjectIcon name={template.icon} size={22} />
      </span>
      <h2 className={classes.cardName}>
        <button type="button" className={classes.choose} onClick={onChoose}>
          {template.name}
        </button>
      </h2>
      <p className={classes.cardText}>{template.description}</p>
      <ul className={classes.highlights}>
        {template.highlights.map((highlight) => (
          <li key={highlight}>
            <IconCheck size={14} aria-hidden />
            {highlight}
          </li>
        ))}
      </ul>
      <p className={classes.objects} title={objects}>
        {t('objects', { count: template.objects.length })}: {objects}
      </p>
    </article>
  )
}

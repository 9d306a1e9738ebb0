import { Anchor, Text } from '@mantine/core'
import type { Dependents } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Depending, groupsOf } from './dependents.ts'
import classes from './modelling.module.css'

interface DependentListProps {
  dependents: Dependents['dependents']
  /** Whether it is said what becomes of each when the thing goes. */
  mended: boolean
  onLeave: () => void
}

/** What names a thing, by kind, each once, with the way to it. */
export function DependentList({ dependents, mended, onLeave }: DependentListProps) {
  const { t } = useTranslation('reshaping')
  return groupsOf(dependents).map(([kind, members]) => (
    <section key={kind} aria-label={t(`kind.${kind}`)}>
      <Text size="xs" fw={600} c="dimmed" mb={2}>
        {t(`kind.${kind}`)}
      </Text>
      <ul className={classes.lines}>
        {members.map((one) => (
          <li key={`${one.object} ${one.key}`}>
            <Place depending={one} onLeave={onLeave} />
            {mended && (
              <Text span size="sm" c="dimmed">
                {` – ${one.mends.map((mend) => t(`mend.${mend}`)).join('; ')}`}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </section>
  ))
}

/** Parts that people have no name for are not told: the thing itself is, and that is where they look. */
function Place({ depending, onLeave }: { depending: Depending; onLeave: () => void }) {
  const { t } = useTranslation('reshaping')
  const name = depending.key === 'own' ? t('ownView') : depending.label
  const parts = new Set(depending.parts.map((part) => t(`where.${part}`, { defaultValue: '' })).filter(Boolean))
  return (
    <>
      {depending.to ? (
        <Anchor underline="always" component={Link} to={depending.to} size="sm" onClick={onLeave}>
          {name}
        </Anchor>
      ) : (
        name
      )}
      {parts.size > 0 && ` (${[...parts].join(', ')})`}
    </>
  )
}

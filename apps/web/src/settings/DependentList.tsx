import { Anchor, Text } from '@mantine/core'
import type { Dependents } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Dependent, groupsOf, placeOf } from './dependents.ts'
import classes from './modelling.module.css'

interface DependentListProps {
  dependents: Dependents['dependents']
  /** Whether it is said what becomes of each when the thing goes. */
  mended: boolean
  onLeave: () => void
}

/** What names a thing, by kind, each with the way to it. */
export function DependentList({ dependents, mended, onLeave }: DependentListProps) {
  const { t } = useTranslation('reshaping')
  return groupsOf(dependents).map(([kind, members]) => (
    <section key={kind} aria-label={t(`kind.${kind}`)}>
      <Text size="xs" fw={600} c="dimmed" mb={2}>
        {t(`kind.${kind}`)}
      </Text>
      <ul className={classes.lines}>
        {members.map((dependent) => (
          <li key={`${dependent.object} ${dependent.key} ${dependent.where}`}>
            <Place dependent={dependent} onLeave={onLeave} />
            {mended && (
              <Text span size="sm" c="dimmed">
                {` – ${t(`mend.${dependent.kind === 'members' ? 'members' : dependent.mend}`)}`}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </section>
  ))
}

function Place({ dependent, onLeave }: { dependent: Dependent; onLeave: () => void }) {
  const { t } = useTranslation('reshaping')
  const [part = ''] = dependent.where.split('.')
  const to = placeOf(dependent)
  const name = dependent.key === 'own' ? t('ownView') : dependent.label
  const where = t(`where.${part}`, { defaultValue: dependent.where })
  return (
    <>
      {to ? (
        <Anchor underline="always" component={Link} to={to} size="sm" onClick={onLeave}>
          {name}
        </Anchor>
      ) : (
        name
      )}
      {` (${where})`}
    </>
  )
}

import { Anchor, Skeleton, Text } from '@mantine/core'
import type { Location, MemberAccess } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useAccessMembers } from '../access/rights.ts'
import { useMayAdmin } from '../api/workspace.ts'
import { PersonValue } from '../fields/FieldValue.tsx'
import { OptionBadges } from '../fields/OptionBadge.tsx'
import { paths } from '../paths.ts'
import classes from './locations.module.css'

/** Who holds a role there, and which; whoever may not look at rights sees how many. */
export function LocationPeople({ location }: { location: Location }) {
  const { t } = useTranslation('locationsettings')
  const [mayUsers, mayRoles] = [useMayAdmin('users'), useMayAdmin('roles')]
  return (
    <section aria-label={t('people.title')} className={classes.section}>
      <div>
        <h3 className={classes.subheading}>{t('people.title')}</h3>
        <Text size="sm" c="dimmed">
          {t('people.explanation')}
        </Text>
      </div>
      {mayUsers || mayRoles ? (
        <People location={location} />
      ) : (
        <Text>{t('members', { count: location.memberCount })}</Text>
      )}
    </section>
  )
}

function People({ location }: { location: Location }) {
  const { t } = useTranslation('locationsettings')
  const { data: members } = useAccessMembers()
  if (!members) return <Skeleton height={80} />
  const rolesOf = ({ roles }: MemberAccess) => roles.filter(({ locationId }) => locationId === location.id)
  const here = members.filter((member) => rolesOf(member).length > 0)
  return (
    <>
      {here.length > 0 && (
        <ul className={classes.people}>
          {here.map((member) => (
            <li key={member.userId} className={classes.person}>
              <Link to={paths.settings(`members/${member.userId}`)} className={classes.personLink}>
                <PersonValue name={member.name} />
              </Link>
              <OptionBadges options={rolesOf(member).map(({ label }) => ({ label, color: 'indigo' }))} />
            </li>
          ))}
        </ul>
      )}
      <Text size="sm" c={here.length ? 'dimmed' : undefined}>
        {here.length === 0 && `${t('people.none')} `}
        <Anchor component={Link} to={paths.settings('members')} inherit underline="always">
          {t('people.give')}
        </Anchor>
      </Text>
    </>
  )
}

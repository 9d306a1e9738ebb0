import { Anchor, Text } from '@mantine/core'
import type { ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useWorkspace } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import classes from './settings.module.css'
import { TypeIcon } from './TypePicker.tsx'

/** Links whose field stands at another object: shown here, shaped there. */
export function LinksFromOthers({ object }: { object: ObjectMeta }) {
  const { t } = useTranslation('settings')
  const { objects } = useWorkspace()
  const incoming = object.relations.filter(({ direction }) => direction === 'in')
  if (incoming.length === 0) return null
  return (
    <section aria-label={t('field.linksTitle')}>
      <Text size="sm" fw={600} mt="md">
        {t('field.linksTitle')}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t('field.linksExplanation')}
      </Text>
      <ul className={classes.retired}>
        {incoming.map((relation) => (
          <li key={relation.key} className={classes.retiredField}>
            <TypeIcon type="relation" />
            <span className={classes.name}>{relation.label}</span>
            <Anchor
              ms="auto"
              size="xs"
              underline="always"
              component={Link}
              to={paths.settings(`objects/${relation.object}`)}
            >
              {t('field.linkedFrom', {
                objects: objects.find(({ slug }) => slug === relation.object)?.labelPlural ?? relation.object,
              })}
            </Anchor>
          </li>
        ))}
      </ul>
    </section>
  )
}

import { Anchor, Table, Text } from '@mantine/core'
import type { MetadataChange } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { useValueText } from './valueText.ts'
import classes from './versions.module.css'

/** Changes of the shape in plain words, each with what its properties were and are. */
export function ChangeList({ changes }: { changes: MetadataChange[] }) {
  const { t } = useTranslation('versions')
  if (changes.length === 0) return <Text size="sm">{t('nothing')}</Text>
  return (
    <ul className={classes.changes} aria-label={t('changes')}>
      {changes.map((change) => (
        <li key={change.id} className={classes.change}>
          <Text size="sm" fw={500} className={classes.words}>
            {change.text} <PlaceLink change={change} />
          </Text>
          {change.properties.length > 0 && <Properties change={change} />}
        </li>
      ))}
    </ul>
  )
}

/** To where such things are set; what is gone has no place. */
function PlaceLink({ change: { kind, object, key, action } }: { change: MetadataChange }) {
  const { t } = useTranslation('versions')
  if (action === 'removed') return null
  const to = kind === 'role' ? paths.settings(`roles/${key}`) : object && paths.settings(`objects/${object}`)
  if (!to) return null
  return (
    <Anchor underline="always" component={Link} to={to} size="xs">
      {t('open')}
    </Anchor>
  )
}

function Properties({ change }: { change: MetadataChange }) {
  const { t } = useTranslation('versions')
  const text = useValueText()
  return (
    <div className={classes.properties}>
      <Table aria-label={change.text} verticalSpacing={4} horizontalSpacing="sm" className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('property')}</Table.Th>
            <Table.Th>{t('before')}</Table.Th>
            <Table.Th>{t('after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {change.properties.map(({ path, label, before, after }) => (
            <Table.Tr key={path}>
              <Table.Th scope="row" fw={400} className={classes.property}>
                {label}
              </Table.Th>
              <Table.Td className={classes.before}>{text(before)}</Table.Td>
              <Table.Td className={classes.after}>{text(after)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

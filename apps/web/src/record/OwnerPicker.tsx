import { Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useColleagues, useMember } from '../api/workspace.ts'
import { PersonValue } from '../fields/FieldValue.tsx'
import classes from './RecordPage.module.css'

interface OwnerPickerProps {
  ownerId: string | null
  /** Without it the owner is only shown. */
  onAssign: ((ownerId: string | null) => void) | undefined
}

/** Who looks after the record; a click hands it to someone else. */
export function OwnerPicker({ ownerId, onAssign }: OwnerPickerProps) {
  const { t } = useTranslation('record')
  const colleagues = useColleagues(ownerId)
  const owner = useMember(ownerId)
  const name = owner ? (
    <PersonValue name={owner.name} />
  ) : (
    <Text span size="sm" c="dimmed">
      {t('owner.none')}
    </Text>
  )
  if (!onAssign) return <div className={classes.owner}>{name}</div>
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton className={classes.owner} title={t('owner.label')}>
          <VisuallyHidden>{t('owner.label')}: </VisuallyHidden>
          {name}
          <IconChevronDown size={13} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('owner.label')}</Menu.Label>
        {colleagues.map(({ id, name: memberName }) => (
          <Menu.Item key={id} onClick={() => id !== ownerId && onAssign(id)} aria-current={id === ownerId || undefined}>
            <PersonValue name={memberName} />
          </Menu.Item>
        ))}
        {ownerId && <Menu.Item onClick={() => onAssign(null)}>{t('owner.none')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  )
}

import { Button, Skeleton, Text, UnstyledButton } from '@mantine/core'
import type { Member, RecordData } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../api/workspace.ts'
import { PersonValue } from '../fields/FieldValue.tsx'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import classes from './access.module.css'
import { useRecordAccess } from './rights.ts'

/** Members are asked about a handful at a time: each answer is worked out on the server. */
const shownAtOnce = 12

interface WhoSeesProps {
  record: RecordData
  members: Member[]
  onChoose: (userId: string) => void
}

/** The members, each with whether they see the record and may change it. */
export function WhoSees({ record, members, onChoose }: WhoSeesProps) {
  const { t } = useTranslation('access')
  const [shown, setShown] = useState(shownAtOnce)
  return (
    <div>
      <ul className={classes.exceptions}>
        {members.slice(0, shown).map((member) => (
          <PersonLine key={member.id} record={record} member={member} onChoose={onChoose} />
        ))}
      </ul>
      {members.length > shown && (
        <Button variant="subtle" mt="xs" onClick={() => setShown(shown + shownAtOnce)}>
          {t('who.more', { count: members.length - shown })}
        </Button>
      )}
    </div>
  )
}

function PersonLine({ record, member, onChoose }: Pick<WhoSeesProps, 'record' | 'onChoose'> & { member: Member }) {
  const { t } = useTranslation('access')
  const { user } = useWorkspace()
  const { data, error } = useRecordAccess(record.object, record.id, member.id === user.id ? undefined : member.id)
  const may = data?.actions
  return (
    <li className={classes.exception}>
      <UnstyledButton className={classes.roleLink} fz="sm" onClick={() => onChoose(member.id)}>
        <PersonValue name={member.name} />
      </UnstyledButton>
      <span className={classes.atEnd}>
        {!data && !error && <Skeleton height={18} width={70} />}
        {error && (
          <Text size="xs" c="dimmed">
            {t('who.unknown')}
          </Text>
        )}
        {may?.read?.allowed && <OptionBadge color="blue" label={t('who.sees')} />}
        {may?.update?.allowed && <OptionBadge color="green" label={t('who.changes')} />}
        {may?.read && !may.read.allowed && <OptionBadge color="gray" label={t('who.seesNot')} />}
      </span>
    </li>
  )
}

import { Alert, Skeleton, Stack, Text } from '@mantine/core'
import type { ObjectAction, RecordData } from '@oneforge/client'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { useMayAdmin, useMembers, useWorkspace } from '../api/workspace.ts'
import { Drawer } from '../ui/Drawer.tsx'
import { Select } from '../ui/Select.tsx'
import classes from './access.module.css'
import { actions } from './grants.ts'
import { ActionReasons, FieldReasons } from './Reasons.tsx'
import { useRecordAccess } from './rights.ts'
import { WhoSees } from './WhoSees.tsx'

interface RecordAccessDrawerProps {
  record: RecordData
  onClose: () => void
}

/** «Who can see this?»: who of the members reads the record, and why somebody may or may not do what. */
export function RecordAccessDrawer({ record, onClose }: RecordAccessDrawerProps) {
  const { t } = useTranslation('access')
  const [mayUsers, mayRoles] = [useMayAdmin('users'), useMayAdmin('roles')]
  const { user } = useWorkspace()
  const { data: members = [] } = useMembers()
  const [chosen, setChosen] = useState<string | null>(null)
  const seesOthers = mayUsers || mayRoles
  const active = members.filter(({ status }) => status === 'active')
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={520}
      title={t('who.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        {seesOthers && (
          <Select
            label={t('who.person')}
            description={t('who.help')}
            placeholder={t('who.everybody')}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('who.everybody') }}
            value={chosen}
            onChange={setChosen}
            data={active.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        {seesOthers && !chosen ? (
          <WhoSees record={record} members={active} onChoose={setChosen} />
        ) : (
          <Why record={record} user={chosen && chosen !== user.id ? chosen : undefined} />
        )}
      </Stack>
    </Drawer>
  )
}

function Why({ record, user }: { record: RecordData; user: string | undefined }) {
  const { t } = useTranslation('access')
  const { data: access, error } = useRecordAccess(record.object, record.id, user)
  if (error) {
    return (
      <Alert color="red" variant="light" role="alert">
        {errorText(error)}
      </Alert>
    )
  }
  if (!access) return <Skeleton height={240} />
  return (
    <>
      <div>
        <Text size="sm" c="dimmed" mb="xs">
          {t('who.why', { name: access.user.name })}
        </Text>
        {actions.map((action) => (
          <ActionLine key={action} action={action} right={access.actions[action]} />
        ))}
      </div>
      {access.actions.read?.allowed && (
        <FieldReasons
          fields={access.fields}
          relations={access.relations}
          mayWrite={Boolean(access.actions.update?.allowed)}
        />
      )}
    </>
  )
}

type Right = NonNullable<ReturnType<typeof useRecordAccess>['data']>['actions'][ObjectAction]

function ActionLine({ action, right }: { action: ObjectAction; right: Right }) {
  const { t } = useTranslation('access')
  if (!right) return null
  return (
    <div className={classes.why}>
      <span className={classes.whyAction}>
        {right.allowed ? (
          <IconCheck size={15} className={classes.gain} aria-label={t('who.may')} />
        ) : (
          <IconX size={15} className={classes.loss} aria-label={t('who.mayNot')} />
        )}
        {t(`action.${action}`)}
      </span>
      <ActionReasons right={right} />
    </div>
  )
}

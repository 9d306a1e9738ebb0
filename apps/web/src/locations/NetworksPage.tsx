import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconPlus, IconWorld } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageError } from '../ui/PageError.tsx'
import { NetworkDialog, type NetworkEdit } from './NetworkDialog.tsx'
import { NetworkLine } from './NetworkLine.tsx'
import classes from './networks.module.css'
import { useNetworks } from './networks.ts'

/** From where people may come in: the whole workspace, or to what their role at a location lets them do. */
export function NetworksPage() {
  const { t } = useTranslation('locationsettings')
  const { data, error } = useNetworks()
  const [edit, setEdit] = useState<NetworkEdit>()
  if (error) return <PageError error={error} />
  return (
    <Stack gap="md" maw={860}>
      <title>{`${t('networks.title')} · OneForge`}</title>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <h2 className={classes.heading}>{t('networks.title')}</h2>
          <Text size="sm" c="dimmed">
            {t('networks.explanation')}
          </Text>
        </div>
        <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setEdit({})} flex="none">
          {t('networks.add')}
        </Button>
      </Group>
      {!data && <Skeleton height={160} />}
      {data && (
        <>
          <OwnAddress address={data.address} onAdd={(network) => setEdit({ network })} />
          {data.rules.length === 0 ? (
            <Alert variant="light" color="gray" title={t('networks.none')}>
              {t('networks.noneText')}
            </Alert>
          ) : (
            <ul className={classes.rules} aria-label={t('networks.title')}>
              {data.rules.map((rule) => (
                <NetworkLine key={rule.id} rule={rule} address={data.address} onEdit={() => setEdit({ rule })} />
              ))}
            </ul>
          )}
          {edit && <NetworkDialog edit={edit} address={data.address} onClose={() => setEdit(undefined)} />}
        </>
      )}
    </Stack>
  )
}

function OwnAddress({ address, onAdd }: { address: string | null; onAdd: (address: string) => void }) {
  const { t } = useTranslation('locationsettings')
  if (!address) return null
  return (
    <div className={classes.ownAddress}>
      <IconWorld size={18} stroke={1.6} aria-hidden className={classes.ownIcon} />
      <Text size="sm" className={classes.ownText}>
        {t('networks.yours')} <span className={classes.network}>{address}</span>
      </Text>
      <Button variant="default" onClick={() => onAdd(address)}>
        {t('networks.addYours')}
      </Button>
    </div>
  )
}

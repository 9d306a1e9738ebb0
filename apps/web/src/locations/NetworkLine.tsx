import { Switch, Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { NetworkRule } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { RelativeTime } from '../record/RelativeTime.tsx'
import { EditDeleteMenu } from '../ui/EditDeleteMenu.tsx'
import { NetworkRefusal } from './NetworkRefusal.tsx'
import classes from './networks.module.css'
import { useNetworkChange } from './networks.ts'

interface NetworkLineProps {
  rule: NetworkRule
  /** Where one comes from oneself. */
  address: string | null
  onEdit: () => void
}

/** One network: whose it is, whether it counts, and why a change of it was refused. */
export function NetworkLine({ rule, address, onEdit }: NetworkLineProps) {
  const { t } = useTranslation('locationsettings')
  const change = useNetworkChange()
  const { id, network, comment, active, location, createdAt, createdBy } = rule
  const askToRemove = () =>
    openConfirmModal({
      title: t('networks.deleteTitle', { network }),
      children: <Text size="sm">{t('networks.deleteText')}</Text>,
      labels: { confirm: t('delete'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => change.mutate(() => client.networks.remove(id)),
    })
  return (
    <li className={classes.rule} aria-label={network}>
      <div className={classes.ruleLine}>
        <Switch
          size="sm"
          checked={active}
          disabled={change.isPending}
          aria-label={t('networks.activeOf', { network })}
          onChange={({ currentTarget: { checked } }) =>
            change.mutate(() => client.networks.update(id, { active: checked }))
          }
        />
        <div className={classes.ruleNaming} data-inactive={!active || undefined}>
          <span className={classes.network}>{network}</span>
          {comment && (
            <Text size="sm" span>
              {comment}
            </Text>
          )}
          <Text size="xs" c="dimmed" className={classes.ruleOrigin}>
            {createdBy?.name && `${t('networks.by', { name: createdBy.name })} `}
            <RelativeTime at={createdAt} />
          </Text>
        </div>
        <Text size="sm" className={classes.rulePlace} c={location ? undefined : 'dimmed'}>
          {location?.name ?? t('networks.everywhere')}
        </Text>
        <EditDeleteMenu
          label={t('actions', { name: network })}
          edit={t('networks.edit')}
          remove={t('delete')}
          onEdit={onEdit}
          onRemove={askToRemove}
        />
      </div>
      <div className={classes.ruleRefusal}>
        <NetworkRefusal error={change.error} address={address} />
      </div>
    </li>
  )
}

import { ActionIcon, Menu } from '@mantine/core'
import type { EarlierState, HistoryEntry, ObjectMeta } from '@oneforge/client'
import { IconArrowBackUp, IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { onDemand } from '../ui/onDemand.tsx'
import classes from './bringBack.module.css'
import { useShownRecord } from './shownRecord.ts'

const BringBackDialog = onDemand(async () => (await import('./BringBackDialog.tsx')).BringBackDialog)

interface BringBackMenuProps {
  entry: HistoryEntry
  object: ObjectMeta
}

/** At an entry of the history: what it changed goes back, or the whole record to that moment. */
export function BringBackMenu({ entry, object }: BringBackMenuProps) {
  const { t } = useTranslation('record')
  const shown = useShownRecord()
  const [state, setState] = useState<EarlierState>()
  if (!shown?.editable || !isOfTheRecord(entry)) return null
  const fields = entry.changes.map(({ field }) => field)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon className={classes.menu} size="xs" aria-label={t('bringBack.label')}>
            <IconHistory size={13} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {entry.action !== 'created' && fields.length > 0 && (
            <Menu.Item
              leftSection={<IconArrowBackUp size={14} />}
              onClick={() => setState({ entry: entry.id, side: 'before', fields })}
            >
              {t('bringBack.change', { count: fields.length })}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconHistory size={14} />}
            onClick={() => setState({ entry: entry.id, side: 'after' })}
          >
            {t('bringBack.whole')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {state && (
        <BringBackDialog
          object={object}
          record={shown.record}
          state={state}
          at={entry.at}
          onClose={() => setState(undefined)}
        />
      )}
    </>
  )
}

/** Comings and goings of links are taken back where the links stand. */
const isOfTheRecord = ({ action }: HistoryEntry): boolean => action === 'created' || action === 'updated'

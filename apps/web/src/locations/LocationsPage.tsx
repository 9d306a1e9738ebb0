import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Location } from '@oneforge/client'
import { IconChevronRight, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMayAdmin } from '../api/workspace.ts'
import { formatAddress } from '../fields/format.ts'
import { paths } from '../paths.ts'
import { SortableList } from '../settings/SortableList.tsx'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { PageError } from '../ui/PageError.tsx'
import { showError } from '../ui/toast.tsx'
import classes from './locations.module.css'
import { useLocations, useReorderLocations } from './locations.ts'
import { NewLocation } from './NewLocation.tsx'
import { OpenNow } from './OpenNow.tsx'

/** The sites of the workspace, in the order in which they are offered everywhere. */
export function LocationsPage() {
  const { t } = useTranslation('locationsettings')
  const mayChange = useMayAdmin('settings')
  const { data: locations, error } = useLocations()
  const reorder = useReorderLocations()
  const [adding, { open, close }] = useDisclosure()
  if (error) return <PageError error={error} />
  return (
    <Stack gap="md" maw={860}>
      <title>{`${t('title')} · OneForge`}</title>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <h2 className={classes.heading}>{t('title')}</h2>
          <Text size="sm" c="dimmed">
            {t('explanation')}
          </Text>
        </div>
        {mayChange && Boolean(locations?.length) && (
          <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={open} flex="none">
            {t('add')}
          </Button>
        )}
      </Group>
      {!locations && <Skeleton height={160} />}
      {locations?.length === 0 && (
        <EmptyPage icon="map-pin" title={t('empty')} text={t('emptyText')}>
          {mayChange && <Button onClick={open}>{t('add')}</Button>}
        </EmptyPage>
      )}
      {Boolean(locations?.length) && (
        <SortableList
          items={locations ?? []}
          idOf={({ id }) => id}
          labelOf={({ name }) => name}
          disabled={!mayChange}
          onMove={(next) => reorder.mutate(next, { onError: showError })}
        >
          {(location) => <LocationRow location={location} />}
        </SortableList>
      )}
      {adding && <NewLocation onClose={close} />}
    </Stack>
  )
}

function LocationRow({ location }: { location: Location }) {
  const { t } = useTranslation('locationsettings')
  const { id, name, address, timeZone, memberCount } = location
  const where = address ? formatAddress(address) : ''
  return (
    <Link to={paths.settings(`locations/${id}`)} className={classes.row} data-inactive={!location.active || undefined}>
      <span className={classes.naming}>
        <span className={classes.name}>{name}</span>
        <span className={classes.place}>{[where, timeZone.replaceAll('_', ' ')].filter(Boolean).join(' · ')}</span>
      </span>
      <span className={classes.facts}>
        <OpenNow location={location} />
        <span className={classes.members}>{t('members', { count: memberCount })}</span>
      </span>
      <IconChevronRight size={15} aria-hidden className={classes.chevron} />
    </Link>
  )
}

import { Anchor, Group, Skeleton, Stack } from '@mantine/core'
import type { Location } from '@oneforge/client'
import { IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useMayAdmin } from '../api/workspace.ts'
import NotFoundPage from '../app/NotFoundPage.tsx'
import { paths } from '../paths.ts'
import { PageError } from '../ui/PageError.tsx'
import { LocationActions } from './LocationActions.tsx'
import { LocationForm } from './LocationForm.tsx'
import { LocationPeople } from './LocationPeople.tsx'
import { draftOf } from './locationDraft.ts'
import classes from './locations.module.css'
import { useLocations } from './locations.ts'
import { OpenNow } from './OpenNow.tsx'

/** One location: where it is, when it is open, and who works there. */
export function LocationPage() {
  const { location: id = '' } = useParams()
  const { data: locations, error } = useLocations()
  const location = locations?.find((candidate) => candidate.id === id)
  if (error) return <PageError error={error} />
  if (!locations) return <Skeleton height={320} maw={760} />
  if (!location) return <NotFoundPage />
  return (
    <Stack gap="xl" maw={760}>
      <title>{`${location.name} · OneForge`}</title>
      <LocationHeader location={location} />
      {/* A fresh draft whenever what is saved is something else. */}
      <LocationForm key={JSON.stringify(draftOf(location))} location={location} />
      <LocationPeople location={location} />
    </Stack>
  )
}

function LocationHeader({ location }: { location: Location }) {
  const { t } = useTranslation('locationsettings')
  const mayChange = useMayAdmin('settings')
  return (
    <div>
      <Anchor component={Link} to={paths.settings('locations')} size="sm" c="dimmed" className={classes.back}>
        <IconArrowLeft size={14} aria-hidden />
        {t('title')}
      </Anchor>
      <Group justify="space-between" wrap="nowrap" align="flex-start" mt={6}>
        <Group gap="xs">
          <h2 className={classes.title}>{location.name}</h2>
          <OpenNow location={location} />
        </Group>
        {mayChange && <LocationActions location={location} />}
      </Group>
    </div>
  )
}

import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { ApiError, type Location } from '@oneforge/client'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { useMayAdmin } from '../api/workspace.ts'
import { FieldEditor } from '../fields/FieldEditor.tsx'
import { formatAddress } from '../fields/format.ts'
import { plainField } from '../fields/plainField.ts'
import { timeZones } from '../fields/timeZones.ts'
import { Select } from '../ui/Select.tsx'
import { showToast } from '../ui/toast.tsx'
import { useLeaveGuard } from '../ui/useLeaveGuard.ts'
import { HolidaysEditor } from './HolidaysEditor.tsx'
import { HoursEditor } from './HoursEditor.tsx'
import { changedParts, draftOf, type LocationDraft, tidyDraft } from './locationDraft.ts'
import classes from './locations.module.css'
import { useSaveLocation } from './locations.ts'
import { placesOf } from './problems.ts'

/** Name, address, zone, hours and holidays, saved together. */
export function LocationForm({ location }: { location: Location }) {
  const { t } = useTranslation('locationsettings')
  const mayChange = useMayAdmin('settings')
  const saved = draftOf(location)
  const [draft, setDraft] = useState(saved)
  const save = useSaveLocation(location.id)
  const changes = changedParts(saved, draft)
  const isChanged = Object.keys(changes).length > 0
  const change = (part: Partial<LocationDraft>) => setDraft({ ...draft, ...part })
  const problems = save.error instanceof ApiError ? placesOf(save.error.byField()) : {}
  const marked = Object.keys(problems).length
  const refusalText = marked ? t('problems', { count: marked }) : errorText(save.error)
  useLeaveGuard(isChanged, t('leave'))

  // The form starts afresh with what was saved, so nothing may wait in it for the answer.
  const send = () => {
    setDraft(tidyDraft(draft))
    void save.mutateAsync(changes).then(
      ({ name }) => showToast({ message: t('saved', { name }) }),
      // Shown beside the inputs and above the buttons.
      () => undefined,
    )
  }

  const discard = () => {
    save.reset()
    setDraft(saved)
  }

  if (!mayChange) return <LocationTexts draft={saved} />
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (isChanged) send()
      }}
    >
      <Stack gap="xl">
        <Section title={t('place')}>
          <div className={classes.pair}>
            <TextInput
              label={t('name')}
              required
              value={draft.name}
              error={problems.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
            <Select
              label={t('timeZone')}
              size="sm"
              searchable
              allowDeselect={false}
              value={draft.timeZone}
              error={problems.timeZone}
              data={timeZones(draft.timeZone)}
              onChange={(timeZone) => timeZone && change({ timeZone })}
            />
          </div>
          <FieldEditor
            variant="form"
            field={plainField('address', 'address', t('address'))}
            value={draft.address}
            error={problems.address}
            onChange={(address) => change({ address: address as LocationDraft['address'] })}
          />
        </Section>
        <Section title={t('hours.title')} text={t('hours.explanation')}>
          <HoursEditor hours={draft.hours} problems={problems} onChange={(hours) => change({ hours })} />
        </Section>
        <Section title={t('holidays.title')} text={t('holidays.explanation')}>
          <HolidaysEditor holidays={draft.holidays} problems={problems} onChange={(holidays) => change({ holidays })} />
        </Section>
        {isChanged && (
          <div className={classes.saveBar}>
            <Text size="sm" role="status" c={save.error ? 'var(--mantine-color-error)' : undefined}>
              {save.error ? refusalText : t('unsaved')}
            </Text>
            <Group gap="xs" wrap="nowrap">
              <Button size="sm" variant="default" onClick={discard}>
                {t('discard')}
              </Button>
              <Button size="sm" type="submit" loading={save.isPending}>
                {t('save')}
              </Button>
            </Group>
          </div>
        )}
      </Stack>
    </form>
  )
}

/** For those who may only read. */
function LocationTexts({ draft }: { draft: LocationDraft }) {
  const { t } = useTranslation('locationsettings')
  const { address, timeZone, hours, holidays } = draft
  return (
    <Stack gap="xl">
      <Section title={t('place')}>
        <Text size="sm">{address ? formatAddress(address) : t('noAddress')}</Text>
        <Text size="sm" c="dimmed">
          {timeZone.replaceAll('_', ' ')}
        </Text>
      </Section>
      <Section title={t('hours.title')}>
        <HoursEditor hours={hours} problems={{}} onChange={undefined} />
      </Section>
      <Section title={t('holidays.title')}>
        <HolidaysEditor holidays={holidays} problems={{}} onChange={undefined} />
      </Section>
    </Stack>
  )
}

function Section({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section aria-label={title} className={classes.section}>
      <div>
        <h3 className={classes.subheading}>{title}</h3>
        {text && (
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        )}
      </div>
      {children}
    </section>
  )
}

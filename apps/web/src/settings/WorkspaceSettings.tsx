import { Button, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import type { Workspace } from '@oneforge/client'
import { ApiError } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { useMayAdmin, useUpdateWorkspace, useWorkspace } from '../api/workspace.ts'
import { CountrySelect } from '../fields/CountrySelect.tsx'
import { CurrencySelect } from '../fields/CurrencySelect.tsx'
import { timeZones } from '../fields/timeZones.ts'
import { languages } from '../i18n/index.ts'
import { Select } from '../ui/Select.tsx'
import { showToast } from '../ui/toast.tsx'
import classes from './settings.module.css'
import { TemplateSettings } from './TemplateSettings.tsx'

type Editable = Pick<Workspace, 'name' | 'locale' | 'country' | 'currency' | 'timeZone'>

export function WorkspaceSettings() {
  const { t } = useTranslation('settings')
  const workspace = useWorkspace()
  return (
    <Stack gap="xl" className={classes.narrow}>
      <title>{`${t('section.workspace')} · OneForge`}</title>
      <WorkspaceForm key={workspace.id} workspace={workspace} />
      <TemplateSettings workspace={workspace} />
    </Stack>
  )
}

function WorkspaceForm({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation('settings')
  const may = useMayAdmin('settings')
  const update = useUpdateWorkspace()
  const { name, locale, country, currency, timeZone } = workspace
  const [values, setValues] = useState<Editable>({ name, locale, country, currency, timeZone })
  const set = (part: Partial<Editable>) => setValues({ ...values, ...part })
  const changes = Object.fromEntries(
    Object.entries(values).filter(([key, value]) => value !== workspace[key as keyof Editable]),
  )
  const errors = update.error instanceof ApiError ? update.error.byField() : {}
  const save = () => update.mutate(changes, { onSuccess: () => showToast({ message: t('workspace.saved') }) })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Stack gap="md">
        <div>
          <h2 className={classes.heading}>{t('section.workspace')}</h2>
          <Text size="sm" c="dimmed">
            {t('workspace.explanation')} {!may && t('workspace.readOnly')}
          </Text>
        </div>
        <TextInput
          label={t('workspace.name')}
          required
          readOnly={!may}
          value={values.name}
          error={errors.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <Select
            label={t('workspace.language')}
            allowDeselect={false}
            readOnly={!may}
            value={values.locale}
            error={errors.locale}
            data={languages.map((language) => ({ value: language.code, label: language.name }))}
            onChange={(next) => next && set({ locale: next })}
          />
          <CountrySelect
            label={t('workspace.country')}
            description={t('workspace.countryHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            readOnly={!may}
            value={values.country}
            error={errors.country}
            onChange={(next) => set({ country: next })}
          />
          <CurrencySelect
            label={t('workspace.currency')}
            readOnly={!may}
            value={values.currency}
            error={errors.currency}
            onChange={(next) => set({ currency: next })}
          />
          <Select
            label={t('workspace.timeZone')}
            searchable
            allowDeselect={false}
            readOnly={!may}
            value={values.timeZone}
            error={errors.timeZone}
            data={timeZones(values.timeZone)}
            onChange={(next) => next && set({ timeZone: next })}
          />
        </SimpleGrid>
        {update.error && Object.keys(errors).length === 0 && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {errorText(update.error)}
          </Text>
        )}
        {may && (
          <Button
            type="submit"
            size="sm"
            disabled={Object.keys(changes).length === 0}
            loading={update.isPending}
            style={{ alignSelf: 'flex-start' }}
          >
            {t('save')}
          </Button>
        )}
      </Stack>
    </form>
  )
}

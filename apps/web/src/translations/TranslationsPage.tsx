import { Button, FileButton, Group, Menu, Skeleton, Stack, Switch, Text, TextInput } from '@mantine/core'
import { IconDownload, IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { useWorkspace } from '../api/workspace.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatNumber } from '../fields/format.ts'
import { languages } from '../i18n/index.ts'
import settings from '../settings/settings.module.css'
import { PageError } from '../ui/PageError.tsx'
import { Select } from '../ui/Select.tsx'
import { saveFile } from '../ui/saveFile.ts'
import { showError } from '../ui/toast.tsx'
import { FileCheck } from './FileCheck.tsx'
import { TranslationTable } from './TranslationTable.tsx'
import { type TranslationFile, useTranslations } from './translations.ts'

/** English is what all others are translated from. */
const targets = languages.filter(({ code }) => code !== 'en')

/** Every text of the workspace in another language, typed down a column or sent to a translator as a file. */
export function TranslationsPage() {
  const { t } = useTranslation('translations')
  const [locale, setLocale] = useState<string>(targets[0]?.code ?? 'es')
  const [file, setFile] = useState<TranslationFile | null>(null)
  return (
    <Stack gap="md" maw={960}>
      <title>{`${t('title')} · OneForge`}</title>
      <Group justify="space-between" align="flex-start">
        <div>
          <h2 className={settings.heading}>{t('title')}</h2>
          <Text size="sm" c="dimmed">
            {t('explanation')}
          </Text>
        </div>
        <Group gap="xs">
          <ExportMenu locale={locale} />
          <FileButton
            accept=".csv,.json,text/csv,application/json"
            onChange={(chosen) => chosen && read(chosen).then(setFile)}
          >
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconUpload size={14} aria-hidden />}>
                {t('import')}
              </Button>
            )}
          </FileButton>
        </Group>
      </Group>
      <Texts key={locale} locale={locale} onLocale={setLocale} />
      {file && <FileCheck locale={locale} file={file} onClose={() => setFile(null)} />}
    </Stack>
  )
}

async function read(file: File): Promise<TranslationFile> {
  return { format: file.name.endsWith('.json') ? 'json' : 'csv', content: await file.text() }
}

function ExportMenu({ locale }: { locale: string }) {
  const { t } = useTranslation('translations')
  const save = (format: 'csv' | 'json') => client.translations.file({ locale, format }).then(saveFile, showError)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} aria-hidden />}>
          {t('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save('csv')}>{t('asCsv')}</Menu.Item>
        <Menu.Item onClick={() => save('json')}>{t('asJson')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function Texts({ locale, onLocale }: { locale: string; onLocale: (locale: string) => void }) {
  const { t } = useTranslation('translations')
  const { objects } = useWorkspace()
  const { locale: reader } = useFormatContext()
  const { data, error } = useTranslations(locale)
  const [object, setObject] = useState<string | null>(null)
  const [search, setSearch] = useState('')
  const [missingOnly, setMissingOnly] = useState(false)
  if (error) return <PageError error={error} />
  if (!data) return <Skeleton height={320} />
  const word = search.trim().toLowerCase()
  const found = data.texts.filter(
    (one) =>
      (object === null || one.object === object) &&
      (word === '' || one.source.toLowerCase().includes(word) || one.text?.toLowerCase().includes(word)),
  )
  const [done, total] = [data.total - data.missing, data.total].map((count) => formatNumber(count, reader))
  return (
    <>
      <Group gap="sm" align="flex-end">
        <Select
          label={t('language')}
          w={150}
          allowDeselect={false}
          value={locale}
          data={targets.map(({ code, name }) => ({ value: code, label: name }))}
          onChange={(next) => next && onLocale(next)}
        />
        <Select
          label={t('object')}
          w={200}
          allowDeselect={false}
          searchable
          value={object ?? ''}
          data={[
            { value: '', label: t('everything') },
            ...objects.map(({ slug, labelPlural }) => ({ value: slug, label: labelPlural })),
          ]}
          onChange={(next) => setObject(next || null)}
        />
        <TextInput
          label={t('search')}
          w={200}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Switch
          label={t('missingOnly')}
          mb={8}
          checked={missingOnly}
          onChange={(event) => setMissingOnly(event.currentTarget.checked)}
        />
        <Text size="sm" c="dimmed" mb={8} aria-live="polite">
          {t('progress', { done, total })}
        </Text>
      </Group>
      <TranslationTable
        key={`${object} ${word} ${missingOnly}`}
        locale={locale}
        texts={found}
        missingOnly={missingOnly}
        empty={t(missingOnly ? 'none' : 'noneFound')}
      />
    </>
  )
}

import { Button, Group, ScrollArea, Skeleton, Stack, Text } from '@mantine/core'
import type { TranslationFileCheck } from '@oneforge/client'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client, errorText } from '../api/client.ts'
import { Modal } from '../ui/Modal.tsx'
import { showToast } from '../ui/toast.tsx'
import classes from './translations.module.css'
import { type TranslationFile, useImportTranslations } from './translations.ts'

interface FileCheckProps {
  locale: string
  file: TranslationFile
  onClose: () => void
}

/** What a file of translations would change, and what of it cannot be taken, before it is. */
export function FileCheck({ locale, file, onClose }: FileCheckProps) {
  const { t } = useTranslation('translations')
  const take = useImportTranslations(locale)
  const { data, error } = useQuery({
    queryKey: ['translations', locale, 'check', file],
    queryFn: () => client.translations.importFile({ ...file, locale, dryRun: true }),
    retry: false,
    gcTime: 0,
  })
  const onSuccess = () => {
    showToast({ message: t('check.taken') })
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('check.title')}>
      <Stack gap="md">
        {error && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {errorText(error)}
          </Text>
        )}
        {!data && !error && <Skeleton height={80} />}
        {data && <Findings {...data} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('check.cancel')}
          </Button>
          <Button disabled={!data?.changed} loading={take.isPending} onClick={() => take.mutate(file, { onSuccess })}>
            {t('check.take')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Findings({ changed, unchanged, problems }: TranslationFileCheck) {
  const { t } = useTranslation('translations')
  return (
    <div>
      <Text size="sm">{t('check.changed', { count: changed })}</Text>
      <Text size="sm">{t('check.unchanged', { count: unchanged })}</Text>
      {problems.length > 0 && (
        <>
          <Text size="sm" mt="xs">
            {t('check.problems', { count: problems.length })}
          </Text>
          <ScrollArea.Autosize mah={240} viewportProps={{ tabIndex: 0 }}>
            <ul className={classes.problems}>
              {problems.map(({ line, id, message }) => (
                <li key={`${line} ${id}`}>{t('check.line', { line, message })}</li>
              ))}
            </ul>
          </ScrollArea.Autosize>
        </>
      )}
    </div>
  )
}

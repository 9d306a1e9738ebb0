import { Alert, Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import { IconCopy, IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../ui/saveFile.ts'
import classes from './security.module.css'

/** Ten codes that are shown this once: to copy, to keep as a file, and then to confirm that they are kept. */
export function BackupCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation('security')
  const text = codes.join('\n')
  return (
    <Stack gap="md">
      <Alert color="yellow" variant="light">
        {t('backup.once')}
      </Alert>
      <Text size="sm">{t('backup.text')}</Text>
      <ul className={classes.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap="xs">
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" leftSection={<IconCopy size={14} />} onClick={copy}>
              {t(copied ? 'copied' : 'copy')}
            </Button>
          )}
        </CopyButton>
        <Button
          variant="default"
          leftSection={<IconDownload size={14} />}
          onClick={() =>
            saveFile({ name: 'oneforge-codes.txt', content: new Blob([`${text}\n`], { type: 'text/plain' }) })
          }
        >
          {t('backup.download')}
        </Button>
      </Group>
      <Button size="sm" onClick={onDone}>
        {t('backup.done')}
      </Button>
    </Stack>
  )
}

import { Button, Group, Select, Skeleton, Text } from '@mantine/core'
import type { RecordFile } from '@oneforge/client'
import { IconChevronLeft, IconChevronRight, IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, errorText } from '../api/client.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDateTime } from '../fields/format.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Modal } from '../ui/Modal.tsx'
import classes from './files.module.css'
import { readBeginning } from './readBeginning.ts'
import { download } from './useFiles.ts'

/** A file as a record, or a field of it, shows it. */
export type PreviewedFile = Pick<RecordFile, 'id' | 'name' | 'type' | 'version'> & Partial<Pick<RecordFile, 'showable'>>

interface FilePreviewProps {
  /** Among which one goes on with the arrow keys. */
  files: PreviewedFile[]
  file: PreviewedFile
  /** Shown first; the latest without it. */
  version?: number | undefined
  onGo: (file: PreviewedFile) => void
  onClose: () => void
}

/** A file over the page: pictures, PDF and texts are shown, any version of it is handed out. */
export function FilePreview({ files, file, version, onGo, onClose }: FilePreviewProps) {
  const { t } = useTranslation('files')
  const at = files.findIndex(({ id }) => id === file.id)
  const go = (step: number) => {
    const next = files[at + step]
    if (next) onGo(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement) return
    if (event.key === 'ArrowRight') go(1)
    if (event.key === 'ArrowLeft') go(-1)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      onKeyDown={onKeyDown}
      title={file.name}
      size="min(1100px, 94vw)"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <VersionView
        key={file.id}
        file={file}
        first={version ?? file.version}
        steps={
          files.length > 1 && (
            <Group gap={4}>
              <IconButton label={t('previous')} disabled={at <= 0} onClick={() => go(-1)}>
                <IconChevronLeft size={16} />
              </IconButton>
              <IconButton label={t('next')} disabled={at >= files.length - 1} onClick={() => go(1)}>
                <IconChevronRight size={16} />
              </IconButton>
            </Group>
          )
        }
      />
    </Modal>
  )
}

function VersionView({ file, first, steps }: { file: PreviewedFile; first: number; steps: React.ReactNode }) {
  const { t } = useTranslation('files')
  const format = useFormatContext()
  const { data, error } = useQuery({
    queryKey: ['file', file.id, file.version],
    queryFn: () => client.files.get(file.id),
  })
  const [version, setVersion] = useState(first)
  const chosen: Pick<PreviewedFile, 'type' | 'showable'> = data?.versions.find((one) => one.version === version) ?? file
  return (
    <>
      <Group justify="space-between" mb="sm">
        {steps}
        <Group gap="xs" ms="auto">
          {data && data.versions.length > 1 && (
            <Select
              size="xs"
              w={260}
              aria-label={t('versions')}
              allowDeselect={false}
              value={String(version)}
              onChange={(value) => setVersion(Number(value))}
              data={data.versions.map((one) => ({
                value: String(one.version),
                label: `${t('version', one)} · ${formatDateTime(one.createdAt, format)}`,
              }))}
            />
          )}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} />}
            onClick={() => void download(file, version)}
          >
            {t('download')}
          </Button>
        </Group>
      </Group>
      {error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert" py="xl" ta="center">
          {errorText(error)}
        </Text>
      )}
      {!error && chosen.showable === undefined && <Skeleton height={320} />}
      {chosen.showable && <Content key={version} file={file} version={version} type={chosen.type} />}
      {chosen.showable === false && (
        <Text size="sm" c="dimmed" py="xl" ta="center">
          {t('notShown')}
        </Text>
      )}
    </>
  )
}

/** A link is good for minutes, so each look asks for its own. */
function Content({ file, version, type }: { file: PreviewedFile; version: number; type: string }) {
  const { t } = useTranslation('files')
  const [isBroken, setBroken] = useState(false)
  const { data, error } = useQuery({
    queryKey: ['file', file.id, 'link', version],
    queryFn: () => client.files.link(file.id, { version, inline: true }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error || isBroken) {
    return (
      <Text size="sm" c="var(--mantine-color-error)" role="alert" py="xl" ta="center">
        {error ? errorText(error) : t('failed')}
      </Text>
    )
  }
  if (!data) return <Skeleton height={320} />
  if (type.startsWith('image/') && type !== 'image/svg+xml') {
    return <img className={classes.picture} src={data.url} alt={file.name} onError={() => setBroken(true)} />
  }
  if (type === 'application/pdf') return <iframe className={classes.frame} src={data.url} title={file.name} />
  return <TextContent url={data.url} />
}

/** Drawn by the page itself, in its own colours; of a long text the beginning. */
function TextContent({ url }: { url: string }) {
  const { t } = useTranslation('files')
  const { data, error } = useQuery({ queryKey: ['file', 'text', url], queryFn: () => readBeginning(url), gcTime: 0 })
  if (error) {
    return (
      <Text size="sm" c="var(--mantine-color-error)" role="alert" py="xl" ta="center">
        {t('failed')}
      </Text>
    )
  }
  if (!data) return <Skeleton height={320} />
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keys */}
      <pre className={classes.text} tabIndex={0}>
        {data.text}
      </pre>
      {!data.isWhole && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('beginning')}
        </Text>
      )}
    </>
  )
}

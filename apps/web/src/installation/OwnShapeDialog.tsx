import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import type { InstallationTemplate } from '@oneforge/client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { useWorkspace } from '../api/workspace.ts'
import { Modal } from '../ui/Modal.tsx'
import { showError } from '../ui/toast.tsx'

interface OwnShapeDialogProps {
  templates: InstallationTemplate[]
  onReady: (shape: unknown) => void
  onClose: () => void
}

/** The shape of the workspace one is in becomes a template, or the next version of one. */
export function OwnShapeDialog({ templates, onReady, onClose }: OwnShapeDialogProps) {
  const { t } = useTranslation('installation')
  const workspace = useWorkspace()
  const [name, setName] = useState(workspace.name)
  const [slug, setSlug] = useState(slugOf(workspace.name))
  const known = templates.find((template) => template.slug === slug)
  const [version, setVersion] = useState<string>()
  const number = version ?? (known ? nextOf(known.versions.at(-1)!.version) : '1.0.0')
  const take = useMutation({ mutationFn: client.templates.exportFile, onSuccess: onReady, onError: showError })
  return (
    <Modal opened onClose={onClose} title={t('own.title')}>
      <Stack gap="sm">
        <Text size="sm">{t('own.explanation', { name: workspace.name })}</Text>
        <TextInput
          label={t('own.name')}
          required
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('own.slug')}
          description={known ? t('own.known') : t('own.slugHelp')}
          required
          value={slug}
          maxLength={60}
          onChange={(event) => setSlug(event.currentTarget.value)}
        />
        <TextInput
          label={t('own.version')}
          required
          value={number}
          onChange={(event) => setVersion(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            disabled={!name.trim() || !slug.trim()}
            loading={take.isPending}
            onClick={() => take.mutate({ slug: slug.trim(), version: number.trim(), name: name.trim() })}
          >
            {t('own.look')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

const slugOf = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[-0-9]+|-+$/g, '')
    .slice(0, 60)

/** `1.2.0` comes after `1.1.0`. */
function nextOf(version: string): string {
  const [major = '1', minor = '0'] = version.split('.')
  return `${major}.${Number(minor) + 1}.0`
}

import { Alert, Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import type { Dependents } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Modal } from '../ui/Modal.tsx'
import { DependentList } from './DependentList.tsx'
import { useDependents } from './dependents.ts'
import { TheirsStays } from './meanwhile.tsx'
import { refusalText } from './refusalText.ts'

interface RenameDialogProps {
  kind: 'object' | 'field'
  label: string
  /** The name that programs use. */
  name: string
  thing: readonly string[]
  ask: () => Promise<Dependents>
  /** The dialog closes when it is done. */
  onRename: (name: string) => Promise<unknown>
  onClose: () => void
}

const nameForm = { object: /^[a-z][a-z0-9_]{1,62}$/, field: /^[a-z][a-z0-9_]{0,62}$/ }

/** Another name for programs and addresses, with all that will follow it. */
export function RenameDialog({ kind, label, name, thing, ask, onRename, onClose }: RenameDialogProps) {
  const { t } = useTranslation('reshaping')
  const { data, error } = useDependents(thing, ask)
  const [next, setNext] = useState(name)
  const [refused, setRefused] = useState<Error>()
  const [saving, setSaving] = useState(false)
  const isRight = nameForm[kind].test(next)
  const save = async () => {
    setSaving(true)
    try {
      await onRename(next)
      onClose()
    } catch (reason) {
      if (reason instanceof TheirsStays) onClose()
      else setRefused(reason as Error)
    } finally {
      setSaving(false)
    }
  }
  const problem = error ?? refused
  return (
    <Modal opened onClose={onClose} size="lg" title={t(`rename.${kind}.title`, { label })} withCloseButton={false}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t(`rename.${kind}.name`)}
            description={t('rename.help')}
            data-autofocus
            autoComplete="off"
            spellCheck={false}
            value={next}
            error={isRight ? undefined : t('rename.form')}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          {!data && !error && <Skeleton height={72} />}
          {data && (
            <Text size="sm">
              {data.dependents.length > 0 ? t('rename.follow', { count: data.dependents.length }) : t('rename.nothing')}
            </Text>
          )}
          <DependentList dependents={data?.dependents ?? []} mended={false} onLeave={onClose} />
          {problem && (
            <Alert color="red" role="alert">
              {refusalText(problem)}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={saving} disabled={!isRight || next === name}>
              {t('rename.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

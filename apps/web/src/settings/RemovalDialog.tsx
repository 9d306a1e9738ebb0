import { Alert, Button, Checkbox, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import type { Dependents } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Modal } from '../ui/Modal.tsx'
import { DependentList } from './DependentList.tsx'
import { useDependents } from './dependents.ts'
import { refusalText } from './refusalText.ts'

export interface RemovalDialogProps {
  kind: 'object' | 'field' | 'option' | 'stage' | 'pipeline' | 'role'
  /** What it is called. */
  name: string
  /** Tells it from all others, as `['patients', 'phone']`. */
  thing: readonly string[]
  ask: () => Promise<Dependents>
  /** `force`: although others name it, or records hold it. The dialog closes when it is done. */
  onRemove: (force: boolean) => Promise<unknown>
  onClose: () => void
}

/** What names one of these goes on to do so, and finds nothing. */
const staysNamed = ['option', 'stage']

/** What depends on a thing and what would be lost with it; whoever removes it nevertheless says that they know. */
export function RemovalDialog({ kind, name, thing, ask, onRemove, onClose }: RemovalDialogProps) {
  const { t } = useTranslation('reshaping')
  const { data, error } = useDependents(thing, ask)
  const [known, setKnown] = useState(false)
  const [refused, setRefused] = useState<Error>()
  const [removing, setRemoving] = useState(false)
  const records = data?.records ?? 0
  const dependents = data?.dependents ?? []
  const isHeld = dependents.some((dependent) => dependent.kind === 'members')
  const isNeeded = dependents.length > 0 || records > 0 || refused !== undefined
  const remove = async () => {
    setRemoving(true)
    try {
      await onRemove(isNeeded)
      onClose()
    } catch (reason) {
      setRefused(reason as Error)
    } finally {
      setRemoving(false)
    }
  }
  const problem = error ?? refused
  return (
    <Modal opened onClose={onClose} size="lg" title={t(`removal.${kind}.title`, { name })} withCloseButton={false}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void remove()
        }}
      >
        <Stack gap="md">
          <Text size="sm">{t(`removal.${kind}.explanation`, { name })}</Text>
          {!data && !error && <Skeleton height={72} />}
          {records > 0 && (
            <Text size="sm" fw={500}>
              {t(`removal.${kind}.records`, { count: records })}
            </Text>
          )}
          {data && dependents.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('removal.nothing')}
            </Text>
          )}
          <DependentList dependents={dependents} mended={!staysNamed.includes(kind)} onLeave={onClose} />
          {problem && (
            <Alert color="red" role="alert">
              {refusalText(problem)}
            </Alert>
          )}
          {isNeeded && !isHeld && (
            <Confirmation isTyped={kind === 'object' && records > 0} name={name} onKnown={setKnown} />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" data-autofocus onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" color="red" loading={removing} disabled={!data || isHeld || (isNeeded && !known)}>
              {t(`removal.${kind}.confirm`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface ConfirmationProps extends Pick<RemovalDialogProps, 'name'> {
  isTyped: boolean
  onKnown: (known: boolean) => void
}

/** Of an object with all its records the name is typed; for anything smaller a tick is enough. */
function Confirmation({ isTyped, name, onKnown }: ConfirmationProps) {
  const { t } = useTranslation('reshaping')
  if (isTyped) {
    return (
      <TextInput
        label={t('removal.type', { name })}
        autoComplete="off"
        onChange={(event) => onKnown(event.currentTarget.value.trim() === name)}
      />
    )
  }
  return <Checkbox label={t('removal.known')} onChange={(event) => onKnown(event.currentTarget.checked)} />
}

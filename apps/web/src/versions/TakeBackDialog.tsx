import { Alert, Anchor, Button, Checkbox, Group, Skeleton, Stack, Text } from '@mantine/core'
import type { UndoneVersion } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { errorText } from '../api/client.ts'
import { paths } from '../paths.ts'
import { Modal } from '../ui/Modal.tsx'
import { showToast } from '../ui/toast.tsx'
import classes from './versions.module.css'
import { useTakeBack, useTrial, type Way } from './versions.ts'

interface TakeBackDialogProps {
  way: Way
  number: number
  onClose: () => void
}

/** Tries it out first: what it changes, what goes out of sight with it, and what stands in the way. */
export function TakeBackDialog({ way, number, onClose }: TakeBackDialogProps) {
  const { t } = useTranslation('versions')
  const trial = useTrial(way, number)
  const takeBack = useTakeBack()
  const [seen, setSeen] = useState(false)
  const outcome = trial.data
  const loses = (outcome?.losses.length ?? 0) > 0
  const isFree = outcome && outcome.conflicts.length === 0 && outcome.changes.length > 0
  const apply = () =>
    takeBack.mutate(
      { way, number },
      {
        onSuccess: ({ version }) => {
          const undo = async () => {
            if (version !== null) await takeBack.mutateAsync({ way: 'undo', number: version })
          }
          showToast({ message: t(`${way}.done`, { number }), undo })
          onClose()
        },
      },
    )
  const error = trial.error ?? takeBack.error
  return (
    <Modal opened onClose={onClose} size="lg" title={t(`${way}.title`, { number })} withCloseButton={false}>
      <Stack gap="sm">
        <Text size="sm">{t(`${way}.explanation`)}</Text>
        {error && (
          <Alert color="red" role="alert">
            {errorText(error)}
          </Alert>
        )}
        {trial.isPending && <Skeleton height={96} />}
        {outcome && <Conflicts conflicts={outcome.conflicts} onLeave={onClose} />}
        {outcome && <Effects outcome={outcome} />}
        {loses && (
          <Checkbox
            label={t('losses.seen')}
            checked={seen}
            onChange={(event) => setSeen(event.currentTarget.checked)}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button loading={takeBack.isPending} disabled={!isFree || (loses && !seen)} onClick={apply}>
            {t(`${way}.confirm`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** Each by itself, with the later version that is in the way. */
function Conflicts({ conflicts, onLeave }: { conflicts: UndoneVersion['conflicts']; onLeave: () => void }) {
  const { t } = useTranslation('versions')
  if (conflicts.length === 0) return null
  return (
    <Alert color="red" title={t('conflicts.title')} role="alert">
      <ul className={classes.lines}>
        {conflicts.map(({ object, key, property, message, version }) => (
          <li key={`${object} ${key} ${property} ${message}`}>
            {[object, key].filter((part, index, all) => part && all.indexOf(part) === index).join('.')}: {message}{' '}
            {version !== null && (
              <Anchor
                underline="always"
                c="inherit"
                component={Link}
                to={paths.settings(`history/${version}`)}
                size="sm"
                onClick={onLeave}
              >
                {t('one', { number: version })}
              </Anchor>
            )}
          </li>
        ))}
      </ul>
    </Alert>
  )
}

const mostShown = 12

function Effects({ outcome: { changes, losses, conflicts } }: { outcome: UndoneVersion }) {
  const { t } = useTranslation('versions')
  const labelOf = (object: string, field: string | null) => {
    const isIt = (one: UndoneVersion['changes'][number]) =>
      one.object === object && (field ? one.kind === 'field' && one.key === field : one.kind === 'object')
    return changes.find(isIt)?.label ?? field ?? object
  }
  return (
    <>
      {losses.length > 0 && (
        <section aria-label={t('losses.title')}>
          <h3 className={classes.part}>{t('losses.title')}</h3>
          <ul className={classes.lines}>
            {losses.map(({ object, field, records }) => (
              <li key={`${object} ${field}`}>
                {t(field ? 'losses.field' : 'losses.object', { count: records, label: labelOf(object, field) })}
              </li>
            ))}
          </ul>
        </section>
      )}
      {changes.length === 0 && conflicts.length === 0 && <Text size="sm">{t('nothingToDo')}</Text>}
      {changes.length > 0 && (
        <section aria-label={t('effects')}>
          <h3 className={classes.part}>{t('effects')}</h3>
          <ul className={classes.lines}>
            {changes.slice(0, mostShown).map(({ id, text }) => (
              <li key={id}>{text}</li>
            ))}
            {changes.length > mostShown && <li>{t('andMore', { count: changes.length - mostShown })}</li>}
          </ul>
        </section>
      )}
    </>
  )
}

import { Button, Group, Stack, Text } from '@mantine/core'
import { closeModal, openModal } from '@mantine/modals'
import { ApiError, type ErrorDetail } from '@oneforge/client'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import classes from './modelling.module.css'

/** What is changed by several administrators: an object with its fields, a role. */
interface Seen {
  version: number
  label: string
  labelPlural?: string
}

/** Somebody else made a change first, and what they did stays: the thing is as it is now. */
export class TheirsStays<Now = unknown> extends Error {
  readonly now: Now

  constructor(now: Now) {
    super(i18next.t('reshaping:meanwhile.stays'))
    this.now = now
  }
}

const modalId = 'meanwhile'

/**
 * Makes a change on the version that the person saw. Where another administrator was faster, it shows what they did and
 * asks whose is to stand.
 *
 * @throws TheirsStays where the person gives up their own.
 */
export async function changeSeen<Now extends Seen, Output>(
  now: Now | undefined,
  seen: number | undefined,
  change: (now: Now | undefined, version: number | undefined) => Promise<Output>,
): Promise<Output> {
  try {
    return await change(now, seen)
  } catch (error) {
    const current = currentOf<Now>(error)
    if (!current) throw error
    if (!(await askWhose(current, (error as ApiError).details))) throw new TheirsStays(current)
    return changeSeen(current, current.version, change)
  }
}

/** The thing as it is now, of a refusal because somebody else was faster. */
function currentOf<Now extends Seen>(error: unknown): Now | undefined {
  if (!(error instanceof ApiError) || error.status !== 409) return undefined
  const current = error.current as unknown as Now | undefined
  return typeof current?.version === 'number' ? current : undefined
}

/** Whether the own change is to stand. */
function askWhose({ label, labelPlural = label }: Seen, details: ErrorDetail[]): Promise<boolean> {
  return new Promise((answer) => {
    const choose = (isMine: boolean) => {
      answer(isMine)
      closeModal(modalId)
    }
    openModal({
      modalId,
      title: i18next.t('reshaping:meanwhile.title', { object: labelPlural }),
      size: 'lg',
      withCloseButton: false,
      onClose: () => answer(false),
      children: <Meanwhile details={details} onChoose={choose} />,
    })
  })
}

function Meanwhile({ details, onChoose }: { details: ErrorDetail[]; onChoose: (isMine: boolean) => void }) {
  const { t } = useTranslation('reshaping')
  const messages = [...new Set(details.map(({ message }) => message))]
  return (
    <Stack gap="md">
      <Text size="sm">{t('meanwhile.explanation')}</Text>
      <ul className={classes.lines}>
        {messages.map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
      <Text size="sm" c="dimmed">
        {t('meanwhile.choice')}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" data-autofocus onClick={() => onChoose(false)}>
          {t('meanwhile.theirs')}
        </Button>
        <Button onClick={() => onChoose(true)}>{t('meanwhile.mine')}</Button>
      </Group>
    </Stack>
  )
}

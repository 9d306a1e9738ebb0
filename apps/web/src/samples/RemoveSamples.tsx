import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { onDemand } from '../ui/onDemand.tsx'
import { useSamples } from './samples.ts'

const RemovalDialog = onDemand(async () => (await import('./RemovalDialog.tsx')).RemovalDialog)

/** The button that sweeps sample records away; it asks, and says what becomes of those that people have touched. */
export function RemoveSamples() {
  const { t } = useTranslation('samples')
  const { data, refetch } = useSamples()
  const [opened, { open, close }] = useDisclosure()
  if (!data || data.total === 0) return null
  const ask = async () => {
    await refetch()
    open()
  }
  return (
    <>
      <Button variant="default" onClick={ask}>
        {t('remove')}
      </Button>
      {opened && <RemovalDialog total={data.total} touched={data.touched} onClose={close} />}
    </>
  )
}

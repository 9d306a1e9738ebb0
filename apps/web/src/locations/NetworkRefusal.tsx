import { Alert, Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { isLockOut } from './networks.ts'

interface NetworkRefusalProps {
  error: Error | null
  /** Where one comes from oneself. */
  address: string | null
  /** Fills in the own address instead. */
  onUseOwn?: (address: string) => void
}

/** Why a change of the networks was refused; above all, that it would shut out whoever made it. */
export function NetworkRefusal({ error, address, onUseOwn }: NetworkRefusalProps) {
  const { t } = useTranslation('locationsettings')
  if (!error) return null
  const locksOut = isLockOut(error)
  return (
    <Alert color="red" variant="light" role="alert" title={locksOut ? t('networks.locksOut') : undefined}>
      {locksOut ? (
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{address ? t('networks.locksOutText', { address }) : errorText(error)}</Text>
          {address && onUseOwn && (
            <Button variant="default" onClick={() => onUseOwn(address)}>
              {t('networks.useYours', { address })}
            </Button>
          )}
        </Stack>
      ) : (
        errorText(error)
      )}
    </Alert>
  )
}

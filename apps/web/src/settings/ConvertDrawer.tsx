import { Alert, Button, Checkbox, Group, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core'
import type { FieldMeta, FieldType, ObjectMeta } from '@oneforge/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { useWorkspace } from '../api/workspace.ts'
import { CurrencySelect } from '../fields/CurrencySelect.tsx'
import { HelpButton } from '../help/HelpButton.tsx'
import { Drawer } from '../ui/Drawer.tsx'
import { ConversionTrial } from './ConversionTrial.tsx'
import { typesFrom } from './conversion.ts'
import { TheirsStays } from './meanwhile.tsx'
import { useConvertField } from './metadataChanges.ts'
import { refusalText } from './refusalText.ts'
import classes from './settings.module.css'
import { TypeIcon } from './TypePicker.tsx'
import { useTellConverted } from './useTellConverted.ts'

interface ConvertDrawerProps {
  object: ObjectMeta
  field: FieldMeta
  /** A job has begun to fill in the values. */
  onStart: (jobId: string) => void
  onClose: () => void
}

/** Another type for a field: chosen, tried out on what the records hold, and begun. */
export function ConvertDrawer({ object, field, onStart, onClose }: ConvertDrawerProps) {
  const { t } = useTranslation(['reshaping', 'settings'])
  const { currency: own } = useWorkspace()
  const tell = useTellConverted(object.slug)
  const [type, setType] = useState<FieldType>()
  const [currency, setCurrency] = useState(own)
  const [known, setKnown] = useState(false)
  const wish = { type: type ?? field.type, ...(type === 'money' ? { currency } : {}) }
  const trial = useQuery({
    queryKey: ['conversion', 'trial', object.slug, field.key, wish],
    queryFn: () => client.objects.convertField(object.slug, field.key, { ...wish, dryRun: true }),
    enabled: type !== undefined && (type !== 'money' || currency.length === 3),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  const convert = useConvertField(object.slug)
  const start = async () => {
    const { jobId } = await convert.mutateAsync({ key: field.key, ...wish })
    onClose()
    if (jobId) onStart(jobId)
    else tell(field)
  }
  const choose = (next: FieldType) => {
    setType(next)
    setKnown(false)
    convert.reset()
  }
  const error = convert.error ?? trial.error
  const loses = (trial.data?.lost ?? 0) > 0
  return (
    <Drawer
      classNames={{ title: classes.drawerTitle }}
      opened
      onClose={onClose}
      position="right"
      size={720}
      title={t('reshaping:convert.title', { field: field.label })}
      closeButtonProps={{ 'aria-label': t('reshaping:cancel') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          start().catch((reason) => reason instanceof TheirsStays && onClose())
        }}
      >
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {t('reshaping:convert.explanation', { type: t(`settings:type.${field.type}.name`) })}{' '}
            <HelpButton topic="conversion" />
          </Text>
          <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="xs" role="group" aria-label={t('reshaping:convert.types')}>
            {typesFrom(field.type).map((one) => (
              <UnstyledButton
                key={one}
                className={classes.typeCard}
                aria-pressed={one === type}
                onClick={() => choose(one)}
              >
                <TypeIcon type={one} />
                <Text span size="sm" fw={500}>
                  {t(`settings:type.${one}.name`)}
                </Text>
              </UnstyledButton>
            ))}
          </SimpleGrid>
          {type === 'money' && (
            <CurrencySelect label={t('settings:field.currency')} maw={320} value={currency} onChange={setCurrency} />
          )}
          {error && (
            <Alert color="red" role="alert">
              {refusalText(error)}
            </Alert>
          )}
          <ConversionTrial slug={object.slug} trial={trial.data} isTrying={trial.isFetching} />
          {loses && (
            <Checkbox
              label={t('reshaping:convert.known')}
              checked={known}
              onChange={(event) => setKnown(event.currentTarget.checked)}
            />
          )}
          <Group justify="flex-end">
            <Button
              size="sm"
              type="submit"
              loading={convert.isPending}
              disabled={!trial.data || trial.isFetching || (loses && !known)}
            >
              {t('reshaping:convert.start')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  )
}

import { Checkbox, Group, NumberInput, Skeleton, Stack, Text } from '@mantine/core'
import type { FieldQuestion, FormOffer } from '@oneforge/client'
import { IconWorld } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useObject } from '../../api/objects.ts'
import { FilterSwitch } from '../../settings/FilterSwitch.tsx'
import modelling from '../../settings/modelling.module.css'

interface OfferPartsProps {
  question: FieldQuestion
  /** Slug of the object that is chosen from. */
  target: string
  onChange: (question: FieldQuestion) => void
}

const mostOffered = 200

/** What visitors choose from: a decision to show names to everybody, and which ones. */
export function OfferParts({ question, target, onChange }: OfferPartsProps) {
  const { t } = useTranslation('intake')
  const { data: object } = useObject(target)
  if (!object) return <Skeleton height={120} />
  const offer = question.offer ?? { titlesPublic: false }
  const change = (next: Partial<FormOffer>) => onChange({ ...question, offer: { ...offer, ...next } })
  const names = { objects: object.labelPlural }
  return (
    <fieldset className={modelling.filter} aria-label={t('offer.title')}>
      <Stack gap="sm">
        <Group gap="xs" wrap="nowrap">
          <IconWorld size={16} aria-hidden />
          <Text size="sm" fw={500}>
            {t('offer.title')}
          </Text>
        </Group>
        <Text size="sm">{t('offer.explanation', names)}</Text>
        <Checkbox
          label={t('offer.decided', names)}
          checked={offer.titlesPublic}
          onChange={(event) => change({ titlesPublic: event.currentTarget.checked })}
        />
        {offer.titlesPublic && (
          <>
            <FilterSwitch
              label={t('offer.some')}
              object={object}
              hops={1}
              filter={offer.filter ?? null}
              onChange={(filter) => change({ filter: filter ?? undefined })}
            />
            <NumberInput
              label={t('offer.most')}
              description={t('offer.mostHelp')}
              min={1}
              max={mostOffered}
              value={offer.most ?? 50}
              onChange={(most) => change({ most: Math.min(Number(most) || 1, mostOffered) })}
            />
          </>
        )}
      </Stack>
    </fieldset>
  )
}

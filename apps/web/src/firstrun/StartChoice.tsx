import { Button } from '@mantine/core'
import type { TemplateSummary } from '@oneforge/client'
import { IconArrowLeft } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CountrySelect } from '../fields/CountrySelect.tsx'
import { CurrencySelect } from '../fields/CurrencySelect.tsx'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import classes from './FirstRunPage.module.css'

export type Start = 'samples' | 'empty' | 'import'

interface StartChoiceProps {
  template: TemplateSummary
  isPending: boolean
  /** Where the workspace is; ISO 3166, null while that cannot be guessed. */
  country: string | null
  onCountry: (country: string) => void
  /** What it is to count in; ISO 4217. */
  currency: string
  onCurrency: (currency: string) => void
  onStart: (how: Start) => void
  onBack: () => void
}

const icons: Record<Start, string> = { samples: 'sparkles', import: 'file-text', empty: 'box' }

/** With sample data, from a file, or empty: one click and the workspace stands. */
export function StartChoice(props: StartChoiceProps) {
  const { template, isPending, country, onCountry, currency, onCurrency, onStart, onBack } = props
  const { t } = useTranslation('firstrun')
  const [started, setStarted] = useState<Start>()
  const ways: Start[] = template.sampleCount > 0 ? ['samples', 'import', 'empty'] : ['empty', 'import']
  return (
    <>
      <div className={classes.place}>
        <CountrySelect
          label={t('start.country')}
          description={t('start.countryHelp')}
          disabled={isPending}
          value={country}
          onChange={onCountry}
        />
        <CurrencySelect
          label={t('start.currency')}
          description={t('start.currencyHelp')}
          disabled={isPending}
          value={currency}
          onChange={onCurrency}
        />
      </div>
      <div className={classes.ways}>
        {ways.map((way) => (
          <button
            key={way}
            type="button"
            className={classes.way}
            disabled={isPending}
            aria-busy={isPending && started === way}
            onClick={() => {
              setStarted(way)
              onStart(way)
            }}
          >
            <span className={classes.cardIcon}>
              <ObjectIcon name={icons[way]} size={22} />
            </span>
            <span className={classes.wayName}>
              {isPending && started === way ? t('start.pending') : t(`start.${way}.name`)}
            </span>
            <span className={classes.cardText}>{t(`start.${way}.text`, { count: template.sampleCount })}</span>
          </button>
        ))}
      </div>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconArrowLeft size={16} />}
        onClick={onBack}
        disabled={isPending}
      >
        {t('start.back')}
      </Button>
    </>
  )
}

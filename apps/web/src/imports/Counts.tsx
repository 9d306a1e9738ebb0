import type { ImportResult } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatNumber } from '../fields/format.ts'
import classes from './ImportWizard.module.css'

type Kind = 'created' | 'updated' | 'unchanged' | 'duplicates' | 'refused' | 'deleted' | 'restored' | 'kept'

const ofImport: Kind[] = ['created', 'updated', 'unchanged', 'duplicates', 'refused']
const ofUndo: Kind[] = ['deleted', 'restored', 'kept']

interface CountsProps {
  result: Partial<ImportResult>
  undo?: boolean
}

/** How many rows became what; for an undo, what became of the records. */
export function Counts({ result, undo = false }: CountsProps) {
  const { t } = useTranslation('imports')
  const { locale } = useFormatContext()
  return (
    <dl className={classes.counts}>
      {(undo ? ofUndo : ofImport)
        .filter((kind) => kind !== 'unchanged' || result.unchanged)
        .map((kind) => (
          <div key={kind} className={classes.count} data-warn={(kind === 'refused' && result.refused) || undefined}>
            <dt>{t(`counts.${kind}`)}</dt>
            <dd>{formatNumber(result[kind] ?? 0, locale)}</dd>
          </div>
        ))}
    </dl>
  )
}

import type { WidgetCategory, WidgetInterval } from '@oneforge/client'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { categoryText, type Writing } from './figureText.ts'

export interface WordsOfFigures extends Writing {
  /** Of a group; records without a value have a word as well. */
  nameOf: (category: Pick<WidgetCategory, 'label'>, interval: WidgetInterval | null) => string
}

/** How figures and their groups are written for this reader. */
export function useWriting(): WordsOfFigures {
  const { t } = useTranslation('dashboards')
  const format = useFormatContext()
  return useMemo(
    () => ({
      format,
      mixed: t('mixed'),
      nameOf: (category, interval) => categoryText(category, interval, format.locale, t('none')),
    }),
    [format, t],
  )
}

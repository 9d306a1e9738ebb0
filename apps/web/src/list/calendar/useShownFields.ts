import type { FieldMeta } from '@oneforge/client'
import { useMemo } from 'react'
import type { Column } from '../columns/columnSettings.ts'
import type { DiaryFields } from './diaryFields.ts'

/** The columns of the view as what entries say beside their title; times and colour are told anyway, and no number helps. */
export function useShownFields(columns: Column[], { start, end, color, subject }: DiaryFields): FieldMeta[] {
  return useMemo(() => {
    const told = new Set([start.key, end?.key, color?.key, subject?.key, 'recordNumber'])
    return columns.slice(1).flatMap(({ field }) => (told.has(field.key) ? [] : [field]))
  }, [columns, start, end, color, subject])
}

import { useDebouncedValue } from '@mantine/hooks'
import type { FormulaCheck, ObjectMeta } from '@oneforge/client'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useObjectSearch } from '../api/search.ts'
import { Select } from '../ui/Select.tsx'
import { EmptyResult } from './EmptyResult.tsx'
import classes from './FormulaEditor.module.css'

interface FormulaResultProps {
  object: ObjectMeta
  /** Undefined while there is nothing to show: nothing typed, or a mistake. */
  check: FormulaCheck | undefined
  /** What was checked. */
  expression: string
  onChange: (expression: string) => void
  recordId: string | undefined
  onRecord: (id: string) => void
}

/** What the formula comes to for one record, which can be chosen; the newest to begin with. */
export function FormulaResult({ object, check, expression, onChange, recordId, onRecord }: FormulaResultProps) {
  const { t } = useTranslation('modelling')
  const [search, setSearch] = useState('')
  const [text] = useDebouncedValue(search, 200)
  const [chosen, setChosen] = useState<{ value: string; label: string }>()
  const isTitle = search === chosen?.label
  const { data: found = [], isPlaceholderData } = useObjectSearch(object.slug, isTitle ? '' : text)
  const newest = found[0]
  useEffect(() => {
    if (recordId || !newest) return
    setChosen({ value: newest.id, label: newest.title })
    onRecord(newest.id)
  }, [recordId, newest, onRecord])
  const choices = found.map(({ id, title }) => ({ value: id, label: title }))
  const data = chosen && !choices.some(({ value }) => value === chosen.value) ? [...choices, chosen] : choices
  return (
    <div className={classes.result}>
      <span>{t('formula.resultFor')}</span>
      <Select
        size="xs"
        w={200}
        searchable
        searching={text !== search || isPlaceholderData}
        aria-label={t('formula.record')}
        placeholder={t('formula.noRecord', { objects: object.labelPlural })}
        data={data}
        value={recordId ?? null}
        searchValue={search}
        onSearchChange={setSearch}
        filter={({ options }) => options}
        allowDeselect={false}
        onChange={(id) => {
          const next = data.find(({ value }) => value === id)
          if (!next) return
          setChosen(next)
          onRecord(next.value)
        }}
      />
      <output aria-live="polite">
        {check?.resultType && recordId && <strong>{check.text ?? t('formula.nothing')}</strong>}{' '}
        {check?.resultType && <span>({t(`settings:type.${check.resultType}.name`)})</span>}
      </output>
      {check?.resultType && recordId && check.text === null && (
        <EmptyResult
          object={object}
          expression={expression}
          names={check.names}
          recordId={recordId}
          onChange={onChange}
        />
      )}
    </div>
  )
}

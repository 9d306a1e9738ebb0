import { Button, Table, Text, TextInput } from '@mantine/core'
import type { Translation } from '@oneforge/client'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './translations.module.css'
import { useTranslate } from './translations.ts'

/** So many rows are drawn at once; nobody reads more without asking. */
const step = 100

interface TranslationTableProps {
  locale: string
  texts: Translation[]
  missingOnly: boolean
  /** Said where there is no row. */
  empty: string
}

/** Source beside translation: Enter and the arrow keys go down the column, leaving a cell saves it. */
export function TranslationTable({ locale, texts, missingOnly, empty }: TranslationTableProps) {
  const { t } = useTranslation('translations')
  const translate = useTranslate(locale)
  const body = useRef<HTMLTableSectionElement>(null)
  const [most, setMost] = useState(step)
  // What is translated here stays in its row until the filter is chosen anew.
  const [ids] = useState(() => new Set(texts.filter(({ text }) => !missingOnly || text === null).map(({ id }) => id)))
  const rows = texts.filter(({ id }) => ids.has(id))
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const way = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!way) return
    event.preventDefault()
    const inputs = [...(body.current?.querySelectorAll('input') ?? [])]
    inputs[inputs.indexOf(event.currentTarget) + way]?.focus()
  }
  if (rows.length === 0) return <Text size="sm">{empty}</Text>
  return (
    <>
      <Table verticalSpacing={4} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('source')}</Table.Th>
            <Table.Th>{t('text')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody ref={body}>
          {rows.slice(0, most).map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>
                <div className={classes.source}>{one.source}</div>
                <Text size="xs" c="dimmed">
                  {whereOf(one)}
                </Text>
              </Table.Td>
              <Table.Td>
                <TranslationInput
                  label={t('textOf', { source: one.source, property: one.property })}
                  text={one.text}
                  onKeyDown={onKeyDown}
                  onSave={(text) => translate.mutate({ id: one.id, text })}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {rows.length > most && (
        <Button variant="subtle" onClick={() => setMost(most + step)} style={{ alignSelf: 'flex-start' }}>
          {t('more', { count: Math.min(step, rows.length - most) })}
        </Button>
      )}
    </>
  )
}

/** `properties · price · label`; what the source says already is not said again. */
const whereOf = ({ object, key, source, property }: Translation): string =>
  [...new Set([object, key, property])].filter((part) => part && part !== source).join(' · ')

interface TranslationInputProps {
  label: string
  text: string | null
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void
  onSave: (text: string | null) => void
}

function TranslationInput({ label, text, onKeyDown, onSave }: TranslationInputProps) {
  const [typed, setTyped] = useState<string>()
  const save = () => {
    const next = typed?.trim() || null
    if (typed !== undefined && next !== text) onSave(next)
    setTyped(undefined)
  }
  return (
    <TextInput
      size="xs"
      aria-label={label}
      value={typed ?? text ?? ''}
      data-missing={text === null || undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setTyped(undefined)
        else onKeyDown(event)
      }}
    />
  )
}

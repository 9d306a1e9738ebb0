import { ScrollArea, TextInput, UnstyledButton } from '@mantine/core'
import type { FormulaCheck } from '@oneforge/client'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './FormulaEditor.module.css'

interface FormulaNamesProps {
  check: FormulaCheck | undefined
  onChoose: (word: string) => void
}

/** Every name and function that a formula may use, to look through and to press. */
export function FormulaNames({ check, onChoose }: FormulaNamesProps) {
  const { t } = useTranslation('modelling')
  const [search, setSearch] = useState('')
  const looked = search.trim().toLowerCase()
  const has = (...texts: string[]) => texts.some((text) => text.toLowerCase().includes(looked))
  const names = (check?.names ?? []).filter(({ name, label }) => has(name, label))
  const functions = (check?.functions ?? []).filter(({ name, help }) => has(name, help))
  return (
    <section className={classes.names} aria-label={t('formula.names')}>
      <TextInput
        className={classes.namesSearch}
        size="xs"
        variant="unstyled"
        leftSection={<IconSearch size={13} aria-hidden />}
        placeholder={t('formula.search')}
        aria-label={t('formula.search')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <ScrollArea.Autosize mah={168} type="auto">
        <ul className={classes.nameList}>
          {names.length > 0 && <li className={classes.nameGroup}>{t('formula.fields')}</li>}
          {names.map(({ name, label, type }) => (
            <Name
              key={name}
              code={name}
              explanation={`${label} · ${t(`settings:type.${type}.name`)}`}
              onChoose={() => onChoose(name)}
            />
          ))}
          {functions.length > 0 && <li className={classes.nameGroup}>{t('formula.functions')}</li>}
          {functions.map(({ name, signature, help }) => (
            <Name key={name} code={signature} explanation={help} onChoose={() => onChoose(`${name}()`)} />
          ))}
          {names.length + functions.length === 0 && <li className={classes.nameGroup}>{t('formula.nothingFound')}</li>}
        </ul>
      </ScrollArea.Autosize>
    </section>
  )
}

function Name({ code, explanation, onChoose }: { code: string; explanation: string; onChoose: () => void }) {
  return (
    <li>
      <UnstyledButton onClick={onChoose}>
        <code>{code}</code>
        <span>{explanation}</span>
      </UnstyledButton>
    </li>
  )
}

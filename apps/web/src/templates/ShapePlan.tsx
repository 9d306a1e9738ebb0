import { Alert, Button, Text } from '@mantine/core'
import { ApiError, type TemplatePlan } from '@oneforge/client'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import classes from './templates.module.css'

const mostShown = 12

/** What comes of a new shape, in plain words: changes, what stays although it should change, and why it cannot be. */
export function ShapePlan({
  plan,
  children,
}: {
  plan: Pick<TemplatePlan, 'changes' | 'kept' | 'problems'>
  children: ReactNode
}) {
  const { t } = useTranslation('templates')
  const [all, setAll] = useState(false)
  const { changes, kept, problems } = plan
  return (
    <>
      {problems.length > 0 && (
        <Alert color="red" title={t('plan.problems')} mb="md">
          <Lines lines={problems.map(({ path, message }) => `${path} ${message}`)} />
        </Alert>
      )}
      {children}
      <Heading>{t('plan.changes')}</Heading>
      {changes.length === 0 && <Text size="sm">{t('plan.nothing')}</Text>}
      <Lines lines={(all ? changes : changes.slice(0, mostShown)).map(({ text }) => text)} />
      {!all && changes.length > mostShown && (
        <Button variant="subtle" size="compact-sm" mt={4} onClick={() => setAll(true)}>
          {t('plan.more', { count: changes.length })}
        </Button>
      )}
      {kept.length > 0 && (
        <>
          <Heading>{t('plan.kept')}</Heading>
          <Lines lines={kept.map(({ path, message }) => `${path.replace(/^objects\./, '')} ${message}`)} />
        </>
      )}
    </>
  )
}

/** Why the server would not even try: of a file that is not in order all that is wrong, with its place. */
export function Refusal({ error }: { error: unknown }) {
  const { t } = useTranslation('templates')
  const reasons = error instanceof ApiError ? error.reasons.map(({ field, message }) => `${field} ${message}`) : []
  return (
    <Alert color="red" title={t('plan.problems')}>
      {reasons.length > 0 ? <Lines lines={reasons.slice(0, mostShown)} /> : errorText(error)}
    </Alert>
  )
}

export const Heading = ({ children }: { children: ReactNode }) => (
  <Text component="h3" size="sm" fw={600} mt="md" mb={4}>
    {children}
  </Text>
)

export function Lines({ lines }: { lines: string[] }) {
  return (
    <ul className={classes.list}>
      {[...new Set(lines)].map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

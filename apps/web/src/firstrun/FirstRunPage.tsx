import { Button, Skeleton } from '@mantine/core'
import type { TemplateSummary } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate } from 'react-router'
import { useApplyTemplate, useTemplates, useUpdateWorkspace, useWorkspace } from '../api/workspace.ts'
import { currencyOf, likelyCountry } from '../fields/currencies.ts'
import { paths } from '../paths.ts'
import { OtherWorkspaces } from '../people/OtherWorkspaces.tsx'
import { PageError } from '../ui/PageError.tsx'
import { showError } from '../ui/toast.tsx'
import classes from './FirstRunPage.module.css'
import { type Start, StartChoice } from './StartChoice.tsx'
import { TemplateCard } from './TemplateCard.tsx'

/** The first minute of a workspace: choose the industry, then how to begin. */
export default function FirstRunPage() {
  const { t } = useTranslation('firstrun')
  const workspace = useWorkspace()
  const navigate = useNavigate()
  const { data: templates, error } = useTemplates()
  const apply = useApplyTemplate()
  const update = useUpdateWorkspace()
  const [chosen, setChosen] = useState<TemplateSummary>()
  const [country, setCountry] = useState(
    () => likelyCountry(navigator.languages, workspace.timeZone) ?? workspace.country,
  )
  const [currency, setCurrency] = useState(() => (country && currencyOf(country)) ?? workspace.currency)

  function start(how: Start): void {
    if (!chosen) return
    apply.mutate(
      { template: chosen.slug, sampleData: how === 'samples' },
      {
        onSuccess: async () => {
          // The template has brought its own. Where the change is refused, the settings still offer it.
          await update.mutateAsync({ currency, ...(country ? { country } : {}) }).catch(showError)
          await navigate(how === 'import' ? paths.import() : paths.home(), { replace: true })
        },
        onError: showError,
      },
    )
  }

  if (workspace.template && !apply.isSuccess) return <Navigate to={paths.home()} replace />
  if (error) return <PageError error={error} />
  return (
    <main className={classes.page}>
      <title>{`${t('title')} · OneForge`}</title>
      <h1 className={classes.title}>{t(chosen ? 'start.title' : 'title')}</h1>
      <p className={classes.text}>{chosen ? t('start.text', { template: chosen.name }) : t('text')}</p>
      {chosen ? (
        <StartChoice
          template={chosen}
          isPending={apply.isPending || update.isPending}
          country={country}
          onCountry={(next) => {
            setCountry(next)
            setCurrency(currencyOf(next) ?? currency)
          }}
          currency={currency}
          onCurrency={setCurrency}
          onStart={start}
          onBack={() => setChosen(undefined)}
        />
      ) : (
        <Templates templates={templates} onChoose={setChosen} />
      )}
      <OtherWorkspaces />
    </main>
  )
}

interface TemplatesProps {
  templates: TemplateSummary[] | undefined
  onChoose: (template: TemplateSummary) => void
}

function Templates({ templates, onChoose }: TemplatesProps) {
  const { t } = useTranslation('firstrun')
  const blank = templates?.find(({ slug }) => slug === 'blank')
  return (
    <>
      <div className={classes.cards} aria-busy={!templates}>
        {templates
          ? templates
              .filter((template) => template !== blank)
              .map((template) => (
                <TemplateCard key={template.slug} template={template} onChoose={() => onChoose(template)} />
              ))
          : Array.from({ length: 6 }, (_, card) => <Skeleton key={card} height={230} radius="lg" />)}
      </div>
      {blank && (
        <p className={classes.blank}>
          {t('blank.text')}{' '}
          <Button variant="default" onClick={() => onChoose(blank)}>
            {t('blank.choose')}
          </Button>
        </p>
      )}
    </>
  )
}

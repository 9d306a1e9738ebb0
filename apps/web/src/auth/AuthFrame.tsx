import { Alert } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage, languages, switchLanguage } from '../i18n/index.ts'
import classes from './AuthFrame.module.css'

interface AuthFrameProps {
  title: string
  text: string
  /** Why the last try was refused, when it belongs to no single field. */
  refusal?: string | undefined
  onSubmit: (event: FormEvent<HTMLFormElement>) => void
  children: ReactNode
  /** Below the form: the way to another page, where there is one. */
  foot: ReactNode
}

/** The pages in front of the workspace: one form in the middle, and the choice of language. */
export function AuthFrame({ title, text, refusal, onSubmit, children, foot }: AuthFrameProps) {
  const { t } = useTranslation('auth')
  return (
    <main className={classes.frame}>
      <title>{`${title} · OneForge`}</title>
      <div className={classes.box}>
        <img src="/favicon.svg" alt="OneForge" width={36} height={36} />
        <h1 className={classes.title}>{title}</h1>
        <p className={classes.text} role="status">
          {text}
        </p>
        <form className={classes.form} onSubmit={onSubmit} noValidate>
          {refusal && (
            <Alert color="red" variant="light" icon={<IconAlertCircle size={18} />} role="alert">
              {refusal}
            </Alert>
          )}
          {children}
        </form>
        {foot && <p className={classes.text}>{foot}</p>}
      </div>
      <nav className={classes.languages} aria-label={t('language')}>
        {languages.map(({ code, name }) => (
          <button
            key={code}
            type="button"
            lang={code}
            aria-pressed={currentLanguage() === code}
            onClick={() => switchLanguage(code)}
          >
            {name}
          </button>
        ))}
      </nav>
    </main>
  )
}

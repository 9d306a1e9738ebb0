import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMembers, useWorkspace } from '../api/workspace.ts'
import { type FormatContext, regionalLocale } from './format.ts'
import { usePhoneFormat } from './phones.ts'

const Context = createContext<FormatContext>({
  locale: 'en',
  timeZone: 'UTC',
  currency: 'USD',
  members: new Map(),
  words: { yes: 'Yes', no: 'No' },
  phone: (number) => number,
})

/** Works out once for the whole page how this reader wants values written; tables ask thousands of times. */
export function FormatProvider({ children }: { children: ReactNode }) {
  const workspace = useWorkspace()
  const { data: members } = useMembers()
  const { t, i18n } = useTranslation('fields')
  const phone = usePhoneFormat(workspace.country)
  const context = useMemo<FormatContext>(
    () => ({
      locale: regionalLocale(i18n.language, navigator.languages),
      timeZone: workspace.user.timeZone ?? workspace.timeZone,
      currency: workspace.currency,
      members: new Map(members?.map((member) => [member.id, member.name])),
      words: { yes: t('boolean.yes'), no: t('boolean.no') },
      phone,
    }),
    [workspace, members, t, i18n.language, phone],
  )
  return <Context.Provider value={context}>{children}</Context.Provider>
}

/** For pages in front of the workspace, which know it by what they were told. */
export const GivenFormat = Context.Provider

export function useFormatContext(): FormatContext {
  return useContext(Context)
}

import { useTranslation } from 'react-i18next'
import { useObject } from '../api/objects.ts'
import { mergeFieldNames, soleRelations, withNamedFields } from './mergeFieldPaths.ts'
import { useRelatedObjects } from './useRelatedObjects.ts'

interface SubjectTextProps {
  subject: string
  /** Of whose records its merge fields are. */
  slug: string | null
}

/** The subject of a template, its merge fields by their names: «Thank you, ‹Full name›». */
export function SubjectText({ subject, slug }: SubjectTextProps) {
  const { t } = useTranslation('mail')
  const { data: object } = useObject(slug ?? '', slug !== null && subject.includes('{{'))
  const related = useRelatedObjects(soleRelations(object).filter(({ key }) => subject.includes(`record.${key}.`)))
  const names = mergeFieldNames(object, related, {
    sender: t('fields.sender'),
    workspace: t('fields.workspace'),
    name: t('fields.name'),
    email: t('fields.email'),
  })
  return withNamedFields(subject, (path) => names.get(path) ?? path)
}

/** What is explained beside where it is set, with the guide that says all of it. Its words are `help:topic.{name}`. */
export const topics = {
  formula: { guide: 'formulas', heading: 'writing-one' },
  rules: { guide: 'rules', heading: 'validation-rules' },
  conditions: { guide: 'rules', heading: 'conditional-fields' },
  numbering: { guide: 'rules', heading: 'numbers' },
  relation: { guide: 'relations', heading: 'make-one' },
  pipeline: { guide: 'pipelines', heading: 'shaping-one' },
  stage: { guide: 'pipelines', heading: 'moving-a-record' },
  conversion: { guide: 'reshaping', heading: 'another-type' },
  duplicates: { guide: 'duplicates', heading: 'rules' },
  importing: { guide: 'importing', heading: 'in-the-page' },
  rights: { guide: 'roles', heading: 'what-a-cell-says' },
  rightsFilter: { guide: 'roles', heading: 'only-some-records' },
  sharing: { guide: 'getting-started', heading: 'lists' },
} as const
export type Topic = keyof typeof topics

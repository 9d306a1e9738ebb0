/** Every address inside the page. Links and navigations take theirs from here, so that a move happens in one place. */

function withQuery(path: string, query: Record<string, string | undefined> = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value) params.set(name, value)
  const search = params.toString()
  return search ? `${path}?${search}` : path
}

export const paths = {
  home: () => '/',
  /** What is waiting for the person: tasks and today's meetings. */
  day: () => '/day',
  /** Without an id the one that opens first for the person. */
  dashboards: (id?: string, query?: Record<string, string | undefined>) =>
    withQuery(id ? `/dashboards/${id}` : '/dashboards', query),
  signIn: (next?: string) => withQuery('/sign-in', { next }),
  register: () => '/register',
  forgotPassword: () => '/forgot-password',
  /** The token of these three stands behind `#`, where no server sees it. */
  resetPassword: () => '/reset-password',
  verifyEmail: () => '/verify-email',
  invitation: () => '/invitation',
  /** For who must have a second factor before anything else opens. */
  enrolment: () => '/second-factor',
  firstRun: () => '/start',
  /** What one was told. */
  notifications: () => '/notifications',
  /** The token stands behind `#`, as that of the links above. */
  unsubscribe: () => '/unsubscribe',
  profile: () => '/profile',
  /** The own sessions and second factor. */
  ownSecurity: () => '/profile/security',
  list: (object: string, query?: Record<string, string | undefined>) => withQuery(`/o/${object}`, query),
  /** The list with the form for a new record open. */
  create: (object: string) => withQuery(`/o/${object}`, { create: '1' }),
  record: (object: string, id: string) => `/o/${object}/${id}`,
  /** The record with its story open where its parts stand one behind the other. */
  story: (object: string, id: string) => `/o/${object}/${id}?tab=story`,
  /** Deleted records. */
  trash: (object: string) => `/o/${object}/trash`,
  /** Records that may be the same. */
  duplicates: (object: string) => `/o/${object}/duplicates`,
  /** Two records side by side, to be made one; without the second the page asks for it. */
  merge: (object: string, one: string, other?: string) => withQuery(`/o/${object}/merge/${one}`, { with: other }),
  /** What came into each stage of a pipeline, and what became of it. */
  figures: (object: string, pipeline: string) => `/o/${object}/pipelines/${pipeline}`,
  /** What the record is linked to, drawn. */
  graph: (object: string, id: string) => `/o/${object}/${id}/graph`,
  automation: () => '/automation',
  /** With the form of one of its steps open, where one is named. */
  workflow: (id: string, query?: { step: string }) => withQuery(`/automation/${id}`, query),
  /** The runs of all workflows. */
  workflowRuns: (query?: Record<string, string | undefined>) => withQuery('/automation/runs', query),
  workflowRun: (workflow: string, run: string) => `/automation/${workflow}/runs/${run}`,
  /** What waits for the person's yes or no. */
  approvals: () => '/automation/approvals',
  /** Without an object the wizard asks for it first. */
  import: (object?: string, query?: Record<string, string | undefined>) =>
    withQuery(object ? `/o/${object}/import` : '/import', query),
  /** A file becomes an object of its own. */
  importAsObject: () => '/import/new',
  /** A public form, where anybody may go. */
  form: (address: string) => `/f/${address}`,
  /** A form that members fill in. */
  fillForm: (id: string) => `/forms/${id}`,
  /** `section` is what stands behind /settings: `objects`, `objects/patients`, `workspace`. */
  settings: (section?: string) => (section ? `/settings/${section}` : '/settings'),
  /** Without one that is there: a new one. */
  mailTemplate: (id: string) => `/settings/mail/templates/${id}`,
  /** The list of guides; a guide, and a heading in it. */
  help: (guide?: string, heading?: string) => `/help${guide ? `/${guide}` : ''}${heading ? `#${heading}` : ''}`,
  audit: (filter?: Record<string, string | undefined>) => withQuery('/settings/audit', filter),
}

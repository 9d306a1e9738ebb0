/**
 * What this page changed itself, of each object from which version to which. A form that was opened while an own change
 * was on its way shows the version of before: nobody else was faster, so its own change follows on that one.
 */

const steps = new Map<string, number>()

const nameOf = (slug: string, version: number) => `${slug} ${version}`

/** An own change was made on one version of the object and led to another. */
export function noteOwnChange(slug: string, from: number | undefined, to: number | undefined): void {
  if (from !== undefined && to !== undefined && to > from) steps.set(nameOf(slug, from), to)
}

/** The version as own changes left it. Where somebody else made a change in between, it ends before theirs. */
export function afterOwnChanges(slug: string, version: number | undefined): number | undefined {
  const next = version === undefined ? undefined : steps.get(nameOf(slug, version))
  return next === undefined ? version : afterOwnChanges(slug, next)
}

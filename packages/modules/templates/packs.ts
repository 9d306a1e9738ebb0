/** The packs that lie under a template when a workspace is made from it. */
import type { TenantModel } from '@oneforge/kernel/metadata'
import { fittedTo, loadPacks, packsFor, type SampleRecord, type Shape, type Template } from '@oneforge/templates'
import { withGrants } from './adding.service.ts'
import { adapted, collisionsOf, type Resolutions } from './collisions.ts'

/** A pack in the names that it gets beside the template. */
export interface LaidPack {
  slug: string
  version: string
  base: Shape
  resolutions: Resolutions
}

export function packsUnder(template: Template, locale: string): LaidPack[] {
  return packsFor(template).map((pack) => {
    const fitted = fittedTo(pack, template)
    // The template's own objects of such names are other things: they say of none of theirs that it is an activity.
    const wishes: Resolutions = Object.fromEntries(
      fitted.objects.map(({ slug }) => [`objects.${slug}`, { use: 'rename' }]),
    )
    const collisions = collisionsOf(template, fitted, wishes, locale)
    const resolutions = Object.fromEntries(collisions.map(({ id, resolution }) => [id, resolution]))
    return { slug: pack.slug, version: pack.version, base: adapted(fitted, resolutions), resolutions }
  })
}

/** The template with what the pack brings behind it. */
export function withPack(template: Template, { base }: LaidPack): Template {
  const fresh = new Set(base.objects.map(({ slug }) => slug))
  const grantsOf = (key: string) => base.roles.find((role) => role.key === key)
  return {
    ...template,
    objects: [...template.objects, ...base.objects],
    roles: template.roles.map((role) => withGrants(role, grantsOf(role.key), fresh)),
    workflows: [...template.workflows, ...base.workflows],
    dashboards: [...template.dashboards, ...base.dashboards],
  }
}

/** The template's sample records with those of the packs, which are about the first of them. */
export function withPackSamples(template: Template, model: TenantModel): Template {
  const [first] = template.objects
  const refs = (template.samples[first?.slug ?? ''] ?? []).map(({ ref }) => `@${ref}`)
  const aboutThem = (sample: SampleRecord, place: number): SampleRecord =>
    refs.length > 0 ? { ...sample, about: [refs[place % refs.length]] } : sample
  const samples = { ...template.samples }
  for (const pack of loadPacks()) {
    for (const { slug, activity } of pack.objects) {
      // Of two objects of a kind the first is the pack's, by whatever name it goes.
      const here = model.objects.find((object) => object.activity === activity)
      if (here && !samples[here.slug]) samples[here.slug] = (pack.samples[slug] ?? []).map(aboutThem)
    }
  }
  return { ...template, samples }
}

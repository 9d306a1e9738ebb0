/** Which links of a record that is merged away go over to the survivor, and which of the survivor's give way to them. */
import type { CompiledObject, CompiledRelation } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import {
  auditOfFacts,
  eventsOfFacts,
  type LinkSide,
  linkFacts,
  linkSide,
  type Pair,
  versionsMoved,
} from './link-facts.ts'
import { type LinkRow, linksOf, type MovedLink, putLinks, takeLinks } from './merge.store.ts'
import { settleRelinked } from './rules/relinked.ts'

/** By the names of relations: whether those that take one link only take the other record's. */
export type LinkChoices = ReadonlyMap<string, 'keep' | 'from'>

/**
 * Lists of links are united. Where a side takes one link only, the choice says whose stays (the survivor's, unless it has
 * none); the other one changes places with it, so that nothing is thrown away. What both have stays as it is, and so
 * does what the two have with each other, unless it stands where the other's link comes to: it would lead from the
 * survivor to itself, and is put aside.
 */
export function planMoves(
  object: CompiledObject,
  links: LinkRow[],
  { keep, from }: { keep: string; from: string },
  choices: LinkChoices,
): MovedLink[] {
  return object.relations.flatMap((relation) => {
    const { here, there } = endsOf(relation)
    const own = links.filter((link) => link.relation_id === relation.relationId)
    const isBetween = (link: LinkRow): boolean => [keep, from].includes(link[there])
    const kept = own.filter((link) => link[here] === keep && !isBetween(link))
    const coming = own.filter((link) => link[here] === from && !isBetween(link))
    if (relation.many || kept.length === 0) {
      const inTheWay = relation.many ? [] : own.filter((link) => link[here] === keep && isBetween(link))
      const fresh = coming.filter((link) => !kept.some((one) => one[there] === link[there]))
      const chosen = relation.many ? fresh : fresh.slice(0, 1)
      const marked = kept.some((link) => link.is_primary)
      const aside = chosen.length > 0 ? inTheWay.map((before): MovedLink => ({ before, after: null })) : []
      return [...aside, ...chosen.map((link) => moved(relation, link, keep, relation.direction === 'out' && marked))]
    }
    const isSame = coming[0] && kept[0]![there] === coming[0][there]
    if (choices.get(relation.key) !== 'from' || coming.length === 0 || isSame) return []
    return [moved(relation, kept[0]!, from, false), moved(relation, coming[0]!, keep, false)]
  })
}

const endsOf = ({ direction }: CompiledRelation) =>
  direction === 'out' ? ({ here: 'from_id', there: 'to_id' } as const) : ({ here: 'to_id', there: 'from_id' } as const)

function moved(relation: CompiledRelation, before: LinkRow, to: string, unmarked: boolean): MovedLink {
  const after = { ...before, [endsOf(relation).here]: to }
  return { before, after: unmarked ? { ...after, is_primary: false } : after }
}

/** A link of a record in the trash keeps no other from a record that takes one link only. */
const placed = (link: LinkRow, gone: string): LinkRow => (link.from_id === gone ? { ...link, to_single: false } : link)

/** Carries the moves out, with the histories of the records at the other ends; computed fields follow. */
export async function carryOutMoves(
  context: RecordContext,
  object: CompiledObject,
  moves: MovedLink[],
  gone: string,
): Promise<void> {
  if (moves.length === 0) return
  const removed = moves.map(({ before }) => before)
  const added = moves.flatMap(({ after }) => after ?? [])
  await takeLinks(context, removed)
  await putLinks(
    context,
    added.map((link) => placed(link, gone)),
  )
  await tellOfLinks(context, object, added, removed)
}

/**
 * Takes the moves back. Links that somebody has taken away since stay away.
 *
 * @returns how many those are.
 */
export async function takeMovesBack(
  context: RecordContext,
  object: CompiledObject,
  moves: MovedLink[],
  gone: string,
): Promise<number> {
  if (moves.length === 0) return 0
  const there = await takeLinks(
    context,
    moves.flatMap(({ after }) => after ?? []),
  )
  const ends = moves.flatMap(({ before }) => [before.from_id, before.to_id])
  const present = await linksOf(context, [...new Set(ends)])
  const back: LinkRow[] = []
  const leaving: LinkRow[] = []
  const staying: LinkRow[] = []
  for (const { before, after } of moves) {
    const now = after && there.find((link) => isSamePlace(link, after))
    if (after && !now) continue
    if (isTaken(before, present)) {
      if (now) staying.push(now)
      continue
    }
    if (now) leaving.push(now)
    back.push(withoutTakenMark(now ? asSaidSince(before, after!, now) : before, present))
  }
  await putLinks(context, [...staying, ...back.map((link) => placed(link, gone))])
  await tellOfLinks(context, object, back, leaving)
  return moves.length - back.length
}

/** What was said of the link meanwhile stays said. */
const asSaidSince = (before: LinkRow, after: LinkRow, now: LinkRow): LinkRow => ({
  ...before,
  data: now.data,
  is_primary: now.is_primary === after.is_primary ? before.is_primary : now.is_primary,
})

/** Another link has got the place meanwhile. */
const isTaken = (link: LinkRow, present: LinkRow[]): boolean =>
  present.some(
    (one) =>
      one.relation_id === link.relation_id &&
      ((link.from_single && one.from_id === link.from_id) ||
        (link.to_single && one.to_single && one.to_id === link.to_id)),
  )

const isSamePlace = (a: LinkRow, b: LinkRow): boolean =>
  a.relation_id === b.relation_id && a.from_id === b.from_id && a.to_id === b.to_id

/** The mark that another link of the record has got meanwhile stays there. */
function withoutTakenMark(link: LinkRow, present: LinkRow[]): LinkRow {
  const isTaken = present.some(
    (one) => one.is_primary && one.relation_id === link.relation_id && one.from_id === link.from_id,
  )
  return isTaken ? { ...link, is_primary: false } : link
}

async function tellOfLinks(
  context: RecordContext,
  object: CompiledObject,
  added: LinkRow[],
  removed: LinkRow[],
): Promise<void> {
  for (const relationId of new Set([...added, ...removed].map((link) => link.relation_id))) {
    const relation = object.relations.find((one) => one.relationId === relationId)
    if (!relation) continue
    const side: LinkSide = linkSide(context.model, object, relation)
    const pairsOf = (links: LinkRow[]): Pair[] => links.filter((link) => link.relation_id === relationId).map(pairOf)
    const [gained, lost] = [pairsOf(added), pairsOf(removed)]
    const facts = linkFacts(side, gained, lost)
    const holders = [...new Set([...gained, ...lost].map((pair) => pair.from_id))]
    await context.tx.batch([
      auditOfFacts(context, facts),
      eventsOfFacts(context, facts),
      versionsMoved(context, holders),
    ])
    await settleRelinked(context, side, gained, lost)
  }
}

const pairOf = ({ from_id, to_id }: LinkRow): Pair => ({ from_id, to_id })

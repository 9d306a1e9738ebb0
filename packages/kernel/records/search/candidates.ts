/**
 * The records that a search may mean, found in bounded steps, whatever the number of records: numbers and addresses by their
 * indexes, titles that begin so, and the latest changed records, read until enough are found. All records of an object
 * are asked only where those did not hold enough, and what is found there is rare: by whole words, then by words that
 * begin so, and inside of words where nothing else was found.
 */
import type { Query, Row, Transaction } from '../../database/index.ts'
import { type KnownWord, wordsBeginning, wordsHolding, wordsOfTyped } from './known-words.ts'
import { latestOnly, quickSteps } from './quick-steps.ts'
import { idsOf, mostOfObject, type Search, type Step } from './searched.ts'
import { byBitmaps, heldWords, passing, within } from './whole-steps.ts'
import { begunWords, isIndexed, type KnownWords, soleWords, termsOfWords, wholeWords } from './words.ts'

/** Where a step found so many, those are enough: what is so frequent has to be narrowed anyway. */
const enough = 6

export interface Candidates {
  ids: string[]
  /** Objects of which more than the counted ones may match. */
  cut: Set<string>
  /** Whether what was typed stands in records, of which the written conditions ask for none. */
  known: boolean
}

/** The records that may be meant. */
export async function candidatesOf(tx: Transaction, search: Search): Promise<Candidates> {
  if (search.terms.length === 0) return listed(tx, search)
  const [steps, known] = await tx.batch([quickSteps(search), wordsBeginning(search.tenantId, soleWords(search.terms))])
  const quick = steps as Step[]
  const open = openObjects(search, quick)
  const whole = open.length > 0 ? await inWhole(tx, search, open, quick, wordsOfTyped(known as KnownWord[])) : []
  const found = idsIn([...quick, ...whole])
  const isKnown = quick.some(({ known }) => known !== null)
  const unknown = without(open, quick, ({ known }) => known !== null)
  if (found.length > 0 || unknown.length === 0)
    return { ids: found, cut: cutObjects(search, quick, open), known: isKnown }
  return { ids: idsIn((await bitmapped(tx, [within(search, unknown)]))[0] as Step[]), cut: new Set(), known: isKnown }
}

const idsIn = (steps: Step[]): string[] => [...new Set(steps.flatMap(({ ids }) => ids ?? []))]

/** The objects of which too little was found; none where what was typed has been found as it stands. */
function openObjects({ objects, terms }: Search, steps: Step[]): string[] {
  const foundBy = (kind: Step['step']) => steps.some(({ step, ids }) => step === kind && ids !== null)
  if (!isIndexed(terms) || foundBy('exact') || (terms.length > 1 && foundBy('titled'))) return []
  return without(idsOf(objects), steps, ({ begun }) => begun >= enough)
}

/** The objects less those of which a step found enough, or has read all records. */
function without(objects: string[], steps: Step[], hasEnough: (step: Step) => boolean): string[] {
  const closed = new Set(steps.filter((step) => step.complete || hasEnough(step)).map(({ object_id }) => object_id))
  return objects.filter((id) => !closed.has(id))
}

const holds =
  (wanted: number) =>
  ({ ids }: Step): boolean =>
    (ids?.length ?? 0) >= wanted

/** Objects that may hold more: of these only the latest records were read, or asked for what stands inside of words. */
function cutObjects(search: Search, steps: Step[], open: string[]): Set<string> {
  const isOpen = new Set(open.length > 0 ? without(idsOf(search.objects), steps, holds(enough)) : [])
  const latest = steps.filter(({ step, complete }) => step === 'latest' && !complete)
  return new Set(latest.map(({ object_id }) => object_id).filter((id) => !isOpen.has(id)))
}

/**
 * Whole words are found without reading all words that begin so, which matters where each is frequent and both are not.
 * The middle of words is only looked for in objects of which the quick steps did not find enough of any kind.
 */
async function inWhole(
  tx: Transaction,
  search: Search,
  open: string[],
  quick: Step[],
  known: KnownWords,
): Promise<Step[]> {
  const terms = termsOfWords(search.terms)
  if (terms.length === 0) return (await bitmapped(tx, [within(search, open)]))[0] as Step[]
  const asking = (objects: string[], asked: (id: string) => string) =>
    heldWords(search, new Map(objects.map((id) => [id, asked(id)])))
  const [whole, holding] = await bitmapped(tx, [
    asking(open, (id) => wholeWords(id, terms, known)),
    wordsHolding(search.tenantId, soleWords(terms)),
  ])
  const steps = whole as Step[]
  // Beside a word that is there only those that begin so and stand in titles are meant, and these have been asked for.
  const rest = without(without(open, steps, holds(enough)), quick, ({ known }) => known === 'whole')
  if (rest.length === 0) return steps
  const [inside, lacking] = [wordsOfTyped(holding as KnownWord[]), new Set(without(rest, quick, holds(enough)))]
  const [begun] = await bitmapped(tx, [asking(rest, (id) => begunWords(id, terms, lacking.has(id) ? inside : noWords))])
  return [...steps, ...(begun as Step[])]
}

const noWords: KnownWords = new Map()

const bitmapped = async (tx: Transaction, queries: Query[]): Promise<Row[][]> =>
  (await tx.batch([...byBitmaps, ...queries])).slice(byBitmaps.length)

/** Filters without words: what passes among the latest changed records are the latest that pass, if they are many. */
async function listed(tx: Transaction, search: Search): Promise<Candidates> {
  const latest = await tx.query<Step>(latestOnly(search))
  const open = without(idsOf(search.objects), latest, holds(mostOfObject))
  const rest = open.length > 0 ? await tx.query<Step>(passing(search, open)) : []
  return { ids: idsIn([...latest, ...rest]), cut: new Set(), known: false }
}

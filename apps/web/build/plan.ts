/**
 * Into which file each module goes. A build without a plan tells what each page really uses; of that come a few files,
 * each needed as a whole by those who load it, instead of a hundred that each take a round trip.
 */
import { join } from 'node:path'
import { build, type PluginOption, type Rolldown } from 'vite'
import { type Chunk, chunkOf, closureOf, firstWords, frame, readPages, startOf } from './chunks.ts'

/** Pages that people go between all day, with the name of what one of them alone needs. */
const everyday: Record<string, string> = {
  'app/HomePage.tsx': 'home',
  'activities/DayPage.tsx': 'day',
  'list/ListPage.tsx': 'list',
  'record/RecordPage.tsx': 'record',
}

const root = join(import.meta.dirname, '..')
/** Besides the page itself, what draws the first words of some: they name it before all others. */
export const entries = [
  join(root, 'index.html'),
  ...Object.values(firstWords).map((module) => join(root, 'src', module)),
]

/** The name of its file by the id of a module; what is missing is split as the bundler finds best. */
export type Plan = Map<string, string>

export async function makePlan(plugins: PluginOption[]): Promise<Plan> {
  const { output } = (await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins,
    build: { write: false, minify: false, target: 'es2022', rolldownOptions: { input: entries } },
  })) as Rolldown.RolldownOutput
  const chunks = output.filter((part) => part.type === 'chunk')
  const plan: Plan = new Map()
  const isPlanned = (id: string) => plan.has(id)
  const put = (name: string, ids: Iterable<string>) => {
    for (const id of ids) if (!isPlanned(id)) plan.set(id, name)
  }
  const need = (modules: string[]) =>
    modulesIn(
      closureOf(
        chunks,
        modules.map((module) => chunkOf(chunks, module)),
      ),
    )
  const front = sharedBy(readPages().flatMap(({ modules }) => (modules.length === 1 ? [need(modules)] : [])))
  const pages = Object.entries(everyday).map(([module, name]) => ({ name, modules: need([...frame, module]) }))
  const atWork = new Set(pages.flatMap(({ modules }) => [...modules]))
  const atStart = modulesIn(startOf(chunks))
  const isStyle = (id: string) => id.endsWith('.css')
  const needs = rarePages().map(need)
  const rare = new Set(needs.flatMap((modules) => [...modules]))
  const words = Object.values(firstWords).map((module) => need([module]))
  const ofWords = words.reduce((all, modules) => all.union(modules))
  const [ofList, ofRecord] = ['list', 'record'].map((name) => pages.find((page) => page.name === name)!.modules)
  // What the first words have in common with other pages, and with one another. One sheet for all that people do all
  // day: each of its own would take the line from the scripts.
  put('early', [...atStart, ...front, ...atWork, ...ofWords].filter(isStyle))
  put('early', ofWords.intersection(atStart.union(rare)))
  put('words', sharedBy(words).union(ofWords.intersection(ofRecord!)))
  // What begins to draw stays by itself: other pages share what it draws with, and must not begin to draw.
  const begins = (id: string) => entries.includes(id)
  // What the home page needs besides is so little that it comes with what all need.
  for (const [at, name] of ['early', 'list-words', 'record-words'].entries())
    put(
      name,
      [...words[at]!].filter((id) => !begins(id)),
    )
  // Half of what a page is started with, on a line of its own.
  const isReact = (id: string) => /node_modules\/(react|react-dom|scheduler)\//.test(id)
  put('react', [...atStart].filter(isReact))
  put('start', atStart)
  put('both', sharedBy([front, atWork]))
  put('front', front)
  put('frame', need(frame))
  const shared = sharedBy(pages.map(({ modules }) => modules))
  const icons = need(['ui/DrawnIcon.tsx'])
  // An icon alone should not bring along what is used beside it elsewhere, nor all that objects can have.
  const isIcon = (id: string) => id.includes('@tabler/icons-react')
  const single = [...atWork].filter(isIcon)
  put('wide', new Set([...shared.intersection(ofList!), ...single]).intersection(rare))
  put('everyday', shared.intersection(ofList!))
  put('activities-too', shared.intersection(rare))
  put('activities', shared.intersection(ofRecord!))
  put('day-too', shared)
  put('everyday', icons.intersection(atWork))
  put('icons-too', [...icons.intersection(rare)].filter(isIcon))
  put('icons', icons)
  const elsewhere = modulesIn(closureOf(chunks, rareParts(chunks)))
  for (const { name, modules } of pages) put(`${name}-wide`, modules.intersection(rare))
  for (const { name, modules } of pages) put(`${name}-too`, modules.intersection(elsewhere))
  for (const { name, modules } of pages) put(name, modules)
  return plan
}

/** The other pages behind the sign-in: the modules of each. */
function rarePages(): string[][] {
  return readPages().flatMap(({ modules }) => (modules.length > 1 && !everyday[modules.at(-1)!] ? [modules] : []))
}

/** All other pages, with the sections of those that have some. */
function rareParts(chunks: Chunk[]): Chunk[] {
  const pages = readPages().flatMap(({ modules }) =>
    everyday[modules.at(-1)!] ? [] : [chunkOf(chunks, modules.at(-1)!)],
  )
  const sections = pages.flatMap(({ dynamicImports }) => dynamicImports)
  return [...pages, ...chunks.filter(({ fileName }) => sections.includes(fileName))]
}

function modulesIn(chunks: Iterable<Chunk>): Set<string> {
  return new Set([...chunks].flatMap((chunk) => Object.keys(chunk.modules)))
}

function sharedBy(sets: Set<string>[]): Set<string> {
  const seen = new Set<string>()
  const shared = new Set<string>()
  for (const id of sets.flatMap((set) => [...set])) (seen.has(id) ? shared : seen).add(id)
  return shared
}

/** What is planned first is taken out of the bundle first: each file also takes what its modules import. */
export function groupsOf(plan: Plan) {
  const names = [...new Set(plan.values())]
  return names.map((name, index) => ({
    name,
    test: (id: string) => plan.get(id) === name,
    priority: names.length - index,
  }))
}

/** People as a front desk types them: some twice with typing errors, and families that only look like one person. */

export interface Person {
  name: string
  email: string | null
  phone: string | null
  born: string | null
}

export interface Crowd {
  people: Person[]
  /** Places of the same person, the earlier first. */
  twins: [number, number][]
}

const heads = 'Al An Be Ca Da El Fe Ga Ha In Ju Ka Le Ma Ni Ol Pa Ra Sa To Va Wi Xi Ya Ze Bri Chri Fran Gre Ste'.split(
  ' ',
)
const tails = 'na ra lia min ton bert fred rick vin nuel tina rena dora lena mark seph nita bel gar mund'.split(' ')
const families = 'gar mar lop rod per san gon fer mor jim kow now sch mul wag bec hof lar han ols'.split(' ')
const endings =
  'cia tinez ez riguez eira chez zalez nandez eno enez alski ak midt ler ner ker mann sen sson en ic ova ini'.split(' ')

/** The same numbers at every run: Mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A tenth of the crowd stands there twice; another tenth shares its family's telephone and name. */
export function crowdOf(size: number, seed = 7): Crowd {
  const random = randomOf(seed)
  const among = (count: number): number => Math.floor(random() * count)
  const pick = (list: string[]): string => list[among(list.length)]!
  const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1)
  const given = (): string => pick(heads) + pick(tails)
  const family = (): string => capital(pick(families) + pick(endings))
  const born = (): string =>
    `${1930 + among(90)}-${String(1 + among(12)).padStart(2, '0')}-${String(1 + among(28)).padStart(2, '0')}`
  let number = 0
  const phone = (): string => `+346${String(10_000_000 + number++).padStart(8, '0')}`
  const fresh = (): Person => ({
    name: `${given()} ${random() < 0.4 ? `${family()} ` : ''}${family()}`,
    email: random() < 0.6 ? `p${number++}@example.com` : null,
    phone: random() < 0.9 ? phone() : null,
    born: random() < 0.95 ? born() : null,
  })

  const mistype = (word: string): string => {
    const at = 1 + among(Math.max(1, word.length - 2))
    switch (among(5)) {
      case 0:
        return word.slice(0, at) + word.slice(at + 1)
      case 1:
        return word.slice(0, at) + word[at] + word.slice(at)
      case 2:
        return word.slice(0, at) + (word[at + 1] ?? '') + word[at] + word.slice(at + 2)
      case 3:
        return word.slice(0, at) + pick(['a', 'e', 'i', 's', 't']) + word.slice(at + 1)
      default:
        return word.replace(/[aeiou]/, (vowel) => ({ a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú' })[vowel]!)
    }
  }
  const mistypedName = (name: string): string => {
    const words = name.split(' ')
    if (random() < 0.15) words.reverse()
    const at = among(words.length)
    words[at] = mistype(words[at]!)
    return words.join(random() < 0.1 ? ', ' : ' ')
  }
  const again = (person: Person): Person => ({
    name: random() < 0.7 ? mistypedName(person.name) : person.name,
    email: random() < 0.5 ? person.email : null,
    phone: random() < 0.7 ? person.phone : phone(),
    born: random() < 0.9 ? person.born : born(),
  })

  const people: Person[] = []
  const twins: [number, number][] = []
  while (people.length < size) {
    const person = fresh()
    const place = people.push(person) - 1
    const kind = random()
    if (kind < 0.1) twins.push([place, people.push(again(person)) - 1])
    else if (kind < 0.2)
      people.push({ ...fresh(), name: `${given()} ${person.name.split(' ').at(-1)}`, phone: person.phone })
  }
  return { people, twins }
}

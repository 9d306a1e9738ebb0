/** email, phone, url and address. */

import { domainToASCII } from 'node:url'
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'
import { type Said, says } from '../../errors/index.ts'
import { cut } from './fold.ts'
import { textKey } from './order.ts'
import { checkText, parseLine } from './text.ts'
import {
  type Address,
  accept,
  isObject,
  type Parsed,
  refuse,
  type StoredValue,
  type ValueContext,
  type ValueField,
  type ValueType,
} from './value-type.ts'

const asIs = (value: StoredValue): string => value as string
const textOrder = (value: StoredValue): string => textKey(value as string)

/** RFC 5321 lengths; a dot-atom of RFC 5322 with the letters of RFC 6531 before the @. Quoted names are refused. */
const localPart = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+)*$/u
const domainLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

function isDomain(domain: string): boolean {
  const labels = domainToASCII(domain).split('.')
  return labels.length >= 2 && labels.every((label) => domainLabel.test(label)) && !/^\d+$/.test(labels.at(-1)!)
}

function parseEmail(input: unknown): Parsed<string> {
  const parsed = parseLine(input)
  if (parsed.ok && parsed.value === null) return parsed
  const text = parsed.ok ? parsed.value!.toLowerCase() : ''
  const at = text.lastIndexOf('@')
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)]
  const fits = at > 0 && Buffer.byteLength(local) <= 64 && Buffer.byteLength(text) <= 254
  if (!fits || !localPart.test(local) || !isDomain(domain)) return refuse(says('email'))
  return accept(text)
}

export const email: ValueType = {
  parse: parseEmail,
  check: checkText(254),
  sortKey: textOrder,
  search: asIs,
  display: asIs,
  rules: ['pattern', 'patternMessage'],
}

/** A number for the message, of the caller's own country where it is known. */
const phoneExample = (country: string | undefined): Said =>
  country === undefined ? says('phone') : says('phoneOf', { country })

/**
 * E.164. A number that names its country is taken if it can be dialled at all, since numbering plans change faster
 * than our copy of them; one that leaves the country out must fit the plan of the country it is read in.
 */
function parsePhone(input: unknown, _field: ValueField, context: ValueContext): Parsed<string> {
  const parsed = parseLine(input)
  if (parsed.ok && parsed.value === null) return parsed
  const country = context.country && isSupportedCountry(context.country) ? (context.country as CountryCode) : undefined
  const text = (parsed.ok ? parsed.value! : '').replace(/^00(?=[1-9])/, '+')
  const number =
    text.length <= 40 ? parsePhoneNumberFromString(text, country ? { defaultCountry: country } : {}) : undefined
  if (!number) return refuse(phoneExample(country))
  if (number.ext) return refuse('must be a phone number without an extension')
  const digits = number.number.length - 1
  const dialable = text.startsWith('+') ? digits >= 7 && digits <= 15 : number.isPossible()
  return dialable ? accept<string>(number.number) : refuse(phoneExample(country))
}

export const phone: ValueType = {
  parse: parsePhone,
  sortKey: asIs,
  // People remember the number as it is dialled at home: with a 0 and without the country.
  search: (value) => {
    const national =
      parsePhoneNumberFromString(value as string)
        ?.formatNational()
        .replace(/\D/g, '') ?? ''
    return `${value} ${national}`
  },
  display: (value) => parsePhoneNumberFromString(value as string)?.formatInternational() ?? (value as string),
  rules: [],
}

/** Whether it is the ISO 3166 code of a country that phone numbers can be read in. */
export const isCountry = (code: string): boolean => isSupportedCountry(code)

const bareDomain = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?=[/:?#]|$)/u
const urlExpected = 'must be a web address such as https://example.com'

function parseUrl(input: unknown): Parsed<string> {
  const parsed = parseLine(input)
  if (!parsed.ok) return refuse(urlExpected)
  if (parsed.value === null) return parsed
  const text = bareDomain.test(parsed.value) ? `https://${parsed.value}` : parsed.value
  const url = URL.canParse(text) && !/\s/.test(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || !/^https?:\/\//i.test(text)) return refuse(urlExpected)
  if (url.username || url.password) return refuse('must not hold a user name or password')
  return accept(text)
}

export const url: ValueType = {
  parse: parseUrl,
  check: checkText(2_048),
  sortKey: textOrder,
  search: asIs,
  display: asIs,
  rules: ['pattern', 'patternMessage', 'maxLength'],
}

export const addressParts = ['street', 'street2', 'city', 'region', 'postalCode', 'country'] as const
const longestPart = 200

const inOneLine = (text: string): string =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter(Boolean)
    .join(', ')

function parseAddress(input: unknown): Parsed<Address> {
  if (typeof input === 'string') return parseAddress({ street: input })
  if (!isObject(input)) return refuse(`must be text or an object of ${addressParts.join(', ')}`)
  const unknown = Object.keys(input).find((key) => !(addressParts as readonly string[]).includes(key))
  if (unknown !== undefined)
    return refuse(`has the unknown part "${cut(unknown, 60)}"; known are ${addressParts.join(', ')}`)
  const address: Address = {}
  for (const part of addressParts) {
    const given = input[part] ?? ''
    // A street typed or imported over two lines is one line here.
    const parsed = parseLine(typeof given === 'string' ? inOneLine(given) : given)
    if (!parsed.ok) return refuse(`has a ${part} that ${parsed.message}`)
    if (parsed.value === null) continue
    if (Array.from(parsed.value).length > longestPart)
      return refuse(`has a ${part} of more than ${longestPart} characters`)
    address[part] = parsed.value
  }
  return accept(Object.keys(address).length ? address : null)
}

const partsOf = (value: StoredValue): string[] => addressParts.flatMap((part) => (value as Address)[part] ?? [])

export const address: ValueType = {
  parse: parseAddress,
  search: (value) => partsOf(value).join(' '),
  display: (value) => partsOf(value).join(', '),
  rules: [],
}

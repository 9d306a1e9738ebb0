/**
 * What other systems call the columns that we have fields for. Each ring holds names for the same thing in English and
 * Spanish, in the form of `normalName`; a column and a field match if one ring holds a name of both.
 */
import type { FieldRole } from '@oneforge/kernel/metadata'
import { type addressParts, foldLetters } from '@oneforge/kernel/metadata/values'

/** `E-mail Address`, `emailAddress` and `EMAIL_ADDRESS` are `emailaddress`. */
export const normalName = (name: string): string =>
  foldLetters(name.replace(/([a-z])([A-Z])/g, '$1 $2')).replace(/[^\p{L}\p{N}]/gu, '')

interface Ring {
  names: Set<string>
  /** The role whose field is meant where no field has one of the names. */
  role?: FieldRole
}

const ring = (names: string, role?: FieldRole): Ring => ({
  names: new Set(names.split(',').map((name) => normalName(name))),
  role,
})

export const rings: Ring[] = [
  ring(
    'name, full name, fullname, contact name, client name, customer name, display name, person, patient, patient name, nombre, nombre completo, nombre y apellidos, apellidos y nombre, paciente, cliente, contacto',
    'title',
  ),
  ring(
    'email, e-mail, mail, email address, e-mail address, email 1, primary email, work email, correo, correo electronico, direccion de correo, email 1 value',
    'email',
  ),
  ring(
    'phone, phone number, telephone, tel, tel no, mobile, mobile phone, mobile number, cell, cell phone, cellphone, contact number, primary phone, work phone, phone 1, phone 1 value, telefono, telefono movil, movil, celular, numero de telefono',
    'phone',
  ),
  ring(
    'date of birth, birth date, birthdate, dob, d.o.b., birthday, born, fecha de nacimiento, fecha nacimiento, f. nacimiento, nacimiento, nacido, nacida, cumpleanos',
  ),
  ring('gender, sex, sexo, genero'),
  ring(
    'status, state of record, lifecycle stage, estado del registro, estado, situacion, estatus, etapa, stage',
    'stage',
  ),
  ring(
    'address, street address, home address, postal address, mailing address, location, direccion, domicilio, direccion postal',
  ),
  ring(
    'company, company name, organisation, organization, organization name, employer, business, account, account name, empresa, compania, organizacion, cuenta',
  ),
  ring('job title, title, position, role, occupation, cargo, puesto, profesion, ocupacion'),
  ring('website, web site, web, url, homepage, sitio web, pagina web'),
  ring(
    'notes, note, comments, comment, remarks, description, observations, notas, comentarios, observaciones, descripcion',
  ),
  ring('amount, value, deal value, total, price, sum, importe, monto, valor, precio', 'amount'),
  ring('industry, sector, industria, rubro'),
  ring('source, lead source, origin, channel, origen, fuente, canal, procedencia'),
  ring(
    'national id, id number, identity number, identity card, passport, ssn, social security number, dni, nie, cedula, documento, documento de identidad, numero de documento, pasaporte',
  ),
  ring('blood group, blood type, grupo sanguineo, tipo de sangre'),
  ring('allergies, allergy, alergias, alergia'),
  ring('language, preferred language, idioma, idioma preferido, lengua'),
  ring('tags, labels, keywords, categories, etiquetas, categorias, palabras clave'),
  ring(
    'start, start date, starts, begins, from, date, appointment date, inicio, fecha, fecha de inicio, desde',
    'startsAt',
  ),
  ring('end, end date, ends, until, to, fin, fecha de fin, hasta', 'endsAt'),
  ring('due, due date, deadline, close date, expected close date, vencimiento, fecha limite, fecha de cierre', 'dueAt'),
  ring('city, town, suburb, ciudad, poblacion, localidad, municipio'),
  ring('country, pais'),
  ring('insurance, insurer, insurance provider, health insurance, aseguradora, seguro, mutua'),
  ring('insurance number, policy number, member number, numero de poliza, poliza'),
  ring('emergency contact, next of kin, contacto de emergencia, familiar'),
  ring('doctor, primary doctor, physician, gp, general practitioner, medico, medico de cabecera, doctora'),
]

const firstNames = ring(
  'first name, firstname, given name, given names, forename, first, fname, nombre de pila, primer nombre, nombres',
)
const middleNames = ring('middle name, middle names, middle, second name, segundo nombre, additional name')
const lastNames = ring('last name, lastname, surname, family name, last, lname, apellido, apellidos, primer apellido')
const secondLastNames = ring('second last name, second surname, segundo apellido')
const nameParts = [firstNames, middleNames, lastNames, secondLastNames]

/** In which place of a full name the column's content stands, from 0; undefined for other columns. */
export function namePlace(column: string): number | undefined {
  const name = normalName(column)
  const place = nameParts.findIndex(({ names }) => names.has(name))
  return place < 0 ? undefined : place
}

type AddressPart = (typeof addressParts)[number]

const addressNames: [AddressPart, Ring][] = [
  [
    'street',
    ring(
      'street, street address, address line 1, address 1, address1, line 1, calle, direccion 1, home street, mailing street',
    ),
  ],
  ['street2', ring('address line 2, address 2, address2, line 2, unit, apartment, suite, street 2, direccion 2, piso')],
  ['city', ring('city, town, suburb, locality, ciudad, poblacion, localidad, municipio, mailing city, home city')],
  [
    'region',
    ring('state, province, region, county, state/province, provincia, comunidad, departamento, mailing state'),
  ],
  [
    'postalCode',
    ring('zip, zip code, zipcode, postcode, post code, postal code, codigo postal, cp, c.p., mailing zip'),
  ],
  ['country', ring('country, country/region, pais, mailing country')],
]

/** Which part of an address the column holds; undefined for other columns. */
export function addressPart(column: string): AddressPart | undefined {
  const name = normalName(column)
  return addressNames.find(([, { names }]) => names.has(name))?.[0]
}

/** Names of the number that the system gives each record. */
export const recordNumberNames = ring('record number, record no, record id, number, numero de registro, numero')

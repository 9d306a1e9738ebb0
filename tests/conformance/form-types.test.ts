/** The page builds what the server takes: both know the same forms, and ask for the same types of fields. */
import * as client from '@oneforge/client'
import { expect, expectTypeOf, it } from 'vitest'
import { askedTypes, type FormDefinition, type Question } from '../../packages/modules/forms/form.ts'

/** What the page knows more closely than the server does, which reads filters itself. */
type Loose<T> = T extends (infer E)[]
  ? Loose<E>[]
  : T extends object
    ? { [K in keyof T]: K extends 'visible' | 'filter' ? unknown : Loose<T[K]> }
    : T

it('says the same of forms to the page as to the server', () => {
  expectTypeOf<Loose<client.FormQuestion>>().toEqualTypeOf<Loose<Question>>()
  expectTypeOf<Loose<client.FormDefinition>>().toEqualTypeOf<Loose<FormDefinition>>()
})

it('lets the page offer the types of fields that the server asks for', () => {
  expect(client.askedTypes).toEqual(askedTypes)
})

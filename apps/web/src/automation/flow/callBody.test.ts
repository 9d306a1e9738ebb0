import { expect, it } from 'vitest'
import { readBody } from './callBody.ts'

it('takes JSON of any kind, and nothing for a call without a body', () => {
  expect(readBody('{ "name": "Nora", "skills": ["Go"] }')).toEqual({ body: { name: 'Nora', skills: ['Go'] } })
  expect(readBody('7')).toEqual({ body: 7 })
  expect(readBody(' \n')).toEqual({ body: null })
})

it('tells what is not JSON', () => {
  expect(readBody('name: Nora')).toEqual({ broken: true })
})

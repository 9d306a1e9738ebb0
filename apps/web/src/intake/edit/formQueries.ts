/** Forms of the workspace and what came in by them. */
import type { Form, FormChange, FormInput } from '@oneforge/client'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../../api/client.ts'

const formsKey = ['forms'] as const
const formKey = (id: string) => ['forms', id] as const

export const useForms = () => useQuery({ queryKey: formsKey, queryFn: () => client.forms.list() })
export const useForm = (id: string) => useQuery({ queryKey: formKey(id), queryFn: () => client.forms.get(id) })

export const useFormDays = (id: string) =>
  useQuery({ queryKey: [...formKey(id), 'days'], queryFn: () => client.forms.figures(id, 30) })

export const useSubmissions = (id: string) =>
  useInfiniteQuery({
    queryKey: [...formKey(id), 'submissions'],
    queryFn: ({ pageParam }) => client.forms.submissions(id, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })

/** Whatever changes a form is seen in the list at once. */
function useFormChange<Input>(change: (input: Input) => Promise<Form | undefined>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (form) => {
      if (form) cache.setQueryData(formKey(form.id), form)
      return cache.invalidateQueries({ queryKey: formsKey, exact: true })
    },
  })
}

export const useCreateForm = () => useFormChange((input: FormInput) => client.forms.create(input))

export const useUpdateForm = () =>
  useFormChange(({ form, change }: { form: Form; change: FormChange }) =>
    client.forms.update(form.id, change, form.version),
  )

export const useDuplicateForm = () =>
  useFormChange(({ id, name }: { id: string; name: string }) => client.forms.duplicate(id, name))

export const useRemoveForm = () =>
  useFormChange(async (id: string) => {
    await client.forms.remove(id)
    return undefined
  })

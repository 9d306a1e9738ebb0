/** The part of mjml that is used here; the package brings no types. */
declare module 'mjml' {
  export interface MjmlProblem {
    line: number
    message: string
    tagName: string
  }

  export default function mjml2html(
    source: string,
    options: { validationLevel: 'soft'; ignoreIncludes: boolean; keepComments: boolean; fonts: Record<string, string> },
  ): Promise<{ html: string; errors: MjmlProblem[] }>
}

/** What build/guides.ts makes: the list of the guides, with what loads the HTML of each. */
declare module 'guides:index' {
  const guides: {
    name: string
    title: string
    headings: { id: string; text: string }[]
    load: () => Promise<{ default: string }>
  }[]
  export default guides
}

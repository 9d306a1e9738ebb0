/** More than anybody reads in a window, and less than makes it slow. */
const mostBytes = 256 * 1024

/** The beginning of a text; the rest of it is not fetched. */
export async function readBeginning(url: string): Promise<{ text: string; isWhole: boolean }> {
  const response = await fetch(url)
  if (!response.ok || !response.body) throw new Error(`The text could not be fetched: ${response.status}`)
  const decoder = new TextDecoder()
  const reader = response.body.getReader()
  let text = ''
  for (let size = 0; size < mostBytes; ) {
    const { done, value } = await reader.read()
    if (done) return { text: text + decoder.decode(), isWhole: true }
    size += value.byteLength
    text += decoder.decode(value, { stream: true })
  }
  await reader.cancel()
  return { text, isWhole: false }
}

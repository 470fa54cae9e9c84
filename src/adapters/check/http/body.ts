const limit = 2 ** 20

/**
 * Reads a body to its end, at most its first mebibyte, so that an answer that breaks off is not taken for one. `found` is whether
 * it holds `text`; without one, true. Rejects when the connection does.
 */
export async function readBody(response: Response, text: string | undefined): Promise<{ readonly found: boolean }> {
  const decoder = new TextDecoder()
  let body = ''
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    body += text === undefined ? '' : decoder.decode(chunk, { stream: true })
    if (size >= limit) break
  }
  return { found: text === undefined || body.includes(text) }
}

/** Calls the user side of the sandbox; fails with its own words. */
export async function call(verb, path, body, signal) {
  const response = await fetch(`/sandbox/${path}`, {
    method: verb,
    signal,
    headers: body ? { 'content-type': 'application/json' } : {},
    body: body ? JSON.stringify(body) : undefined,
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error)
  return answer
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** An element with text; everything shown goes through textContent, so no name can become markup. */
export function element(tag, className, text) {
  const node = document.createElement(tag)
  if (className) node.className = className
  if (text !== undefined) node.textContent = text
  return node
}

/** Milliseconds until a server that says nothing is given up. */
const PATIENCE = 15_000;

/** Sends JSON, answers JSON. What is refused is an error that says why, in the words of the server. */
export async function request(method, url, body, patience = PATIENCE) {
  const json =
    body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let response;
  try {
    response = await fetch(url, { method, ...json, signal: AbortSignal.timeout(patience) });
  } catch (cause) {
    throw Object.assign(new Error(`${new URL(url, location.href).host} does not answer`), { cause });
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw Object.assign(new Error(answer.detail ?? `${response.status} ${response.statusText}`), {
    status: response.status,
  });
}

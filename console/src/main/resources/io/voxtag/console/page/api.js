/** Requests to the console; failures are errors with words for the user. */

const FROM_SCRIPT = { 'x-requested-with': 'JavaScript' };

async function answered(request) {
  let answer;
  try {
    answer = await request;
  } catch {
    throw new Error('The console does not answer.');
  }
  // 499 is how an OpenID Connect provider is asked for without leaving the page.
  if (answer.status === 401 || answer.status === 499) {
    location.reload();
  }
  if (!answer.ok) {
    const body = await answer.json().catch(() => ({}));
    throw new Error(body.error ?? `The console answered ${answer.status}.`);
  }
  return answer;
}

export async function get(path, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  return (await answered(fetch(`/console/api/${path}${query ? `?${query}` : ''}`, { headers: FROM_SCRIPT }))).json();
}

export async function post(path, body = {}) {
  const request = fetch(`/console/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...FROM_SCRIPT },
    body: JSON.stringify(body),
  });
  return (await answered(request)).json();
}

/** The audio of a stretch, as an address for an audio element; release it when done. */
export async function audio(parameters) {
  const query = new URLSearchParams(parameters).toString();
  const blob = await (await answered(fetch(`/console/api/stretch?${query}`, { headers: FROM_SCRIPT }))).blob();
  return URL.createObjectURL(blob);
}

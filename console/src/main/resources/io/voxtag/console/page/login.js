const form = document.getElementById('login');
const problem = document.getElementById('problem');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  problem.textContent = '';
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    const answer = await fetch('/console/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: form.token.value }),
    });
    if (answer.ok) {
      location.replace('/');
      return;
    }
    problem.textContent = (await answer.json()).error;
  } catch {
    problem.textContent = 'The console does not answer.';
  }
  button.disabled = false;
  form.token.focus();
});

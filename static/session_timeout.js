// Session timeout: a warning before the session ends. Other tabs and autosave extend it, so the server is asked.
import { forms } from './autosave.js';
import { ask, dialog, here, LONGEST_WAIT } from './request.js';

let alarm
const wake = (seconds) => { clearTimeout(alarm); alarm = setTimeout(look, 1000 * seconds) }

function arm (left) {
  if (dialog.open) dialog.close()
  wake(Math.max(1, left - dialog.dataset.warning))
}

async function look () {
  let answer
  try {
    answer = await ask(here)
  } catch {
    return wake(LONGEST_WAIT)
  }
  if (answer.status === 401) return over()
  if (!answer.ok) return wake(LONGEST_WAIT)
  const { left } = await answer.json()
  if (left > dialog.dataset.warning) return arm(left)
  if (!dialog.open) dialog.showModal()
  wake(left + 1)
}

// Signed out: clear the page from the screen, unless text on it is not saved yet.
async function over () {
  if (dialog.open) dialog.close()
  await Promise.all(forms.map((form) => form.unsaved && form.save()))
  if (!forms.some((form) => form.unsaved)) location.assign(location.pathname)
}

if (dialog) {
  wake(Math.max(1, dialog.dataset.left - dialog.dataset.warning))
  document.addEventListener('visibilitychange', () => { if (!document.hidden) look() })
  const stay = async (event) => {
    event.preventDefault()
    try {
      const form = dialog.querySelector('form')
      const answer = await ask(here, { method: 'POST', body: new URLSearchParams(new FormData(form)) })
      if (answer.ok) return arm((await answer.json()).left)
    } catch {}
    look()
  }
  dialog.addEventListener('submit', stay)
  dialog.addEventListener('cancel', stay)
}

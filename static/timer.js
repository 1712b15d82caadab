// How long is left of the time suggested on the page. Only words change, once a minute; nothing happens at the end.
const line = document.querySelector('[data-timer]')

function show () {
  const left = Math.ceil((Date.parse(line.dataset.timer) - Date.now()) / 60000)
  if (left > 0) line.textContent = `About ${left} minute${left === 1 ? '' : 's'} left. Nothing happens then: stop or go on as you like.`
  else line.textContent = 'The time is over. Stop, or go on as you like. What you typed is saved as you type.'
  if (left > 0) setTimeout(show, 60000)
}

if (line) show()

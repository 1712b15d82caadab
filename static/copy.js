// Copies a box in one click. Where the browser does not let it, everything is selected, and the person copies it.
for (const button of document.querySelectorAll('button[data-copy]')) {
  const box = document.getElementById(button.dataset.copy)
  const said = document.querySelector('[data-copied]')
  button.hidden = false
  button.addEventListener('click', async () => {
    box.focus()
    box.select()
    try {
      await navigator.clipboard.writeText(box.value)
      said.textContent = 'Copied. Paste it where the family’s online view cannot show it.'
    } catch {
      said.textContent = document.execCommand('copy')
        ? 'Copied. Paste it where the family’s online view cannot show it.'
        : 'All of it is selected. Copy it now, with Ctrl and C or by holding your finger on it.'
    }
  })
}
for (const button of document.querySelectorAll('button[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

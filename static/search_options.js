// A long list of choices that are in groups: typing shows those that have every word, and opens their groups.
const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
const ITEM = '.govuk-checkboxes__item, .govuk-radios__item'

for (const box of document.querySelectorAll('[data-search-options]')) {
  const input = box.querySelector('input')
  const said = box.querySelector('[role=status]')
  const groups = [...box.parentElement.querySelectorAll('details')]
  const items = [...box.parentElement.querySelectorAll(ITEM)].map((item) => ({ item, text: plain(item.textContent) }))
  const show = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean)
    let found = 0
    for (const { item, text } of items) {
      const has = words.every((word) => text.includes(word))
      item.hidden = !has && !item.querySelector('input').checked
      found += has
    }
    for (const group of groups) {
      const shown = group.querySelector(':is(.govuk-checkboxes__item, .govuk-radios__item):not([hidden])')
      group.hidden = !shown
      group.open = words.length > 0 && Boolean(shown)
    }
    said.textContent = words.length ? `${found} found` : ''
  }
  box.hidden = false
  input.addEventListener('input', show)
  // Enter would send the form.
  input.addEventListener('keydown', (event) => { if (event.key === 'Enter') event.preventDefault() })
}

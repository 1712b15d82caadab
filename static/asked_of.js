// Questions about a person that cannot apply to their role and age are hidden, and what is in them is not sent.
// data-asked-of: by role, the least and the greatest age and whether an unknown age will do. The server checks the same.
const answer = (form, name) => form.elements[name]?.value ?? ''

const birthdays = (year, month, day, now) => {
  const early = now.getMonth() + 1 < month || (now.getMonth() + 1 === month && now.getDate() < day)
  return now.getFullYear() - year - (early ? 1 : 0)
}

// What is typed so far; nothing while it is no whole date or number.
const age = (form, by) => {
  const kind = answer(form, `${by}age_kind`)
  const part = (name) => answer(form, `${by}${name}`).trim()
  if (kind === 'age') return /^\d{1,3}$/.test(part('age')) ? Number(part('age')) : null
  if (kind !== 'birth') return null
  const [year, month, day] = ['year', 'month', 'day'].map((name) => part(`date_of_birth_${name}`))
  return /^\d{4}$/.test(year) && month && day ? birthdays(Number(year), Number(month), Number(day), new Date()) : null
}

const applies = (roles, role, years) => {
  if (!role) return true
  if (!(role in roles)) return false
  const [least, most, unknown] = roles[role]
  return years === null ? unknown : years >= least && (most === null || years <= most)
}

// A refused answer, or a chosen one, stays where it can be seen and changed.
const mustBeSeen = (part) => part.matches('.govuk-form-group--error') || part.querySelector(':scope > input:checked')

const show = (part, shown) => {
  part.hidden = !shown
  for (const input of part.querySelectorAll('input, select, textarea')) input.disabled = !shown
}

const refresh = (form, parts) => {
  for (const part of parts) {
    const { askedOf, askedBy } = part.dataset
    const role = answer(form, `${askedBy}role`)
    show(part, mustBeSeen(part) || applies(JSON.parse(askedOf), role, age(form, askedBy)))
  }
  // Details with nothing left to ask go too.
  for (const details of new Set(parts.map((part) => part.closest('details')))) {
    if (details) details.hidden = !details.querySelector('.govuk-form-group:not([hidden])')
  }
}

for (const form of document.querySelectorAll('form')) {
  const parts = [...form.querySelectorAll('[data-asked-of]')]
  if (parts.length) {
    const again = () => refresh(form, parts)
    form.addEventListener('input', again)
    form.addEventListener('change', again)
    again()
  }
}

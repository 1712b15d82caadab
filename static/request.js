// What the page's scripts share to reach the server. `dialog` is the session's warning; its form extends the session.
export const PATIENCE = 15000 // milliseconds to wait for an answer
export const LONGEST_WAIT = 15 // seconds between two attempts
export const dialog = document.querySelector('dialog[data-left]')
export const here = dialog?.querySelector('form').action

export const ask = (address, options) => fetch(address, {
  credentials: 'same-origin', redirect: 'manual', signal: options?.keepalive ? null : AbortSignal.timeout(PATIENCE), ...options,
  headers: { Accept: 'application/json', ...options?.headers }
})

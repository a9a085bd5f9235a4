import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import index from '../../index.html?raw'
import script from '../../public/first-paint.js?raw'

const added: [string, EventListener][] = []

/** The page as it comes, and the script in its head run. */
beforeEach(() => {
  vi.useFakeTimers()
  const parsed = new DOMParser().parseFromString(index, 'text/html')
  document.body.innerHTML = parsed.getElementById('root')?.outerHTML ?? ''
  new Function('addEventListener', script)((kind: string, heard: EventListener) => {
    added.push([kind, heard])
    window.addEventListener(kind, heard, true)
  })
})

afterEach(() => {
  for (const [kind, heard] of added.splice(0)) {
    window.removeEventListener(kind, heard, true)
  }
  document.body.innerHTML = ''
  vi.useRealTimers()
})

const said = () =>
  ['h1', 'p'].map((part) => document.querySelector(`.boot-page ${part}`)?.textContent)

/** As the browser tells of a script that it could not get. */
function missing(element: Element) {
  document.body.append(element)
  element.dispatchEvent(new Event('error'))
}

test('the page loads until something is the matter', () => {
  missing(document.createElement('img'))
  const filename = 'chrome-extension://other/content.js'
  window.dispatchEvent(new ErrorEvent('error', { filename }))
  vi.advanceTimersByTime(14_000)
  expect(said()).toEqual(['Loading the console', ''])
})

test('a script that cannot be had is said where the console would be', () => {
  missing(document.createElement('script'))
  expect(said()).toEqual([
    "The console's code could not be loaded.",
    expect.stringContaining('Reload the page.'),
  ])
  // It stays said, for it is known why nothing comes.
  vi.advanceTimersByTime(20_000)
  expect(said()[0]).toBe("The console's code could not be loaded.")
})

test('so is one that this browser cannot run', () => {
  const filename = `${location.origin}/assets/index.js`
  window.dispatchEvent(new ErrorEvent('error', { filename }))
  expect(said()).toEqual([
    "This browser could not run the console's code.",
    expect.stringContaining('Reload the page.'),
  ])
})

test('and one that never comes', () => {
  vi.advanceTimersByTime(15_000)
  expect(said()).toEqual([
    "The console's code has not come within 15 seconds.",
    expect.stringContaining('reload the page.'),
  ])
})

test('nothing is said once the console stands there', () => {
  document.body.innerHTML = '<div id="root"><main><h1>Services</h1></main></div>'
  missing(document.createElement('script'))
  vi.advanceTimersByTime(20_000)
  expect(document.body.textContent).toBe('Services')
})

test('without scripts the sentence that says so comes first', () => {
  const { body } = new DOMParser().parseFromString(index, 'text/html')
  const [first] = body.children
  expect(first?.tagName).toBe('NOSCRIPT')
  expect(first?.textContent).toContain('Skep needs JavaScript')
})

import { setTimeout } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { pages } from '@skep/shared/paths'
import type { Trigger } from './stopwatch.ts'

/** The kinds of interaction with the lists of secrets and configs, and how one says them. */
export const interactions = {
  hand: 'opened by hand, never read before',
  open: 'opened at once, never read before',
  reopen: 'opened again from another page',
  switch: 'secrets ↔ configs',
  letter: 'filtered, each letter',
  clear: 'filter cleared',
  sort: 'sorted by a column',
  narrow: 'one flag only, and all again',
  group: 'grouped by family, and back',
} as const
export type Interaction = keyof typeof interactions

/** One thing that somebody does. */
export type Step = {
  interaction: Interaction
  /** Which of several alike: the letters typed so far, a column. */
  what: string
  event: Trigger
  /** What leads there; it is not timed. */
  lead?: (page: Page) => Promise<unknown>
  act: (page: Page) => Promise<unknown>
}

/** What is typed on each list: of names, of labels, and of two things at once. */
const questions = { Secrets: 'billing tls', Configs: 'team-3 routes' } as const

const columns = {
  Secrets: ['Used by', 'Age', 'Stack', 'Secret'],
  Configs: ['Used by', 'Age', 'Size', 'Stack', 'Config'],
} as const

type List = keyof typeof questions

/**
 * How long a pointer is on a link before it presses, in milliseconds: less than a hand takes,
 * and what the page makes of it, since links fetch ahead what they lead to.
 */
const rest = 120

/** Everything once, on a page that shows the services and has read no list yet. */
export const round: readonly Step[] = [
  click('open', 'Secrets', (page) => railLink(page, 'Secrets')),
  ...onList('Secrets'),
  click('open', 'Configs', (page) => switchLink(page, 'Configs')),
  ...onList('Configs'),
  click('switch', 'to Secrets', (page) => switchLink(page, 'Secrets')),
  click('switch', 'to Configs', (page) => switchLink(page, 'Configs')),
  {
    ...click('reopen', 'Secrets', (page) => railLink(page, 'Secrets')),
    async lead(page) {
      await railLink(page, 'Services').click()
      await servicesShown(page)
    },
  },
  {
    ...click('hand', 'Secrets', (page) => railLink(page, 'Secrets')),
    async lead(page) {
      await page.goto(new URL(pages.services(), page.url()).href)
      await servicesShown(page)
      await railLink(page, 'Secrets').hover()
      await setTimeout(rest)
    },
  },
  {
    ...click('hand', 'Configs', (page) => switchLink(page, 'Configs')),
    async lead(page) {
      await switchLink(page, 'Configs').hover()
      await setTimeout(rest)
    },
  },
]

export const servicesShown = (page: Page): Promise<void> =>
  page.getByRole('heading', { level: 1, name: /^Services/ }).waitFor()

function onList(list: List): Step[] {
  const letters = [...questions[list]]
  const unused = (page: Page) => page.getByRole('button', { name: /unused$/ })
  const grouped = (page: Page) => page.getByRole('button', { name: 'Group by family' })
  return [
    ...letters.map((letter, at) => {
      const what = questions[list].slice(0, at + 1)
      return key('letter', what, letter === ' ' ? 'Space' : letter)
    }),
    key('clear', questions[list], 'Escape'),
    // Each column both ways; the one that the list begins with comes last, and stays.
    ...columns[list].flatMap((name) => {
      const head = (page: Page) =>
        page.getByRole('columnheader', { name, exact: true }).getByRole('button')
      return [click('sort', name, head), click('sort', `${name}, turned`, head)]
    }),
    click('narrow', 'unused', unused),
    click('narrow', 'all', unused),
    click('group', 'by family', grouped),
    click('group', 'plain', grouped),
  ]
}

const railLink = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true })

const switchLink = (page: Page, name: List) =>
  page
    .getByRole('navigation', { name: 'Secrets and configs' })
    .getByRole('link', { name, exact: true })

function click(
  interaction: Interaction,
  what: string,
  target: (page: Page) => ReturnType<Page['getByRole']>,
): Step {
  return { interaction, what, event: 'click', act: (page) => target(page).click() }
}

function key(interaction: Interaction, what: string, pressed: string): Step {
  const act = (page: Page) => page.getByRole('searchbox').press(pressed)
  return { interaction, what, event: 'keydown', act }
}

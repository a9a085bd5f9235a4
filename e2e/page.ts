import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'
import { pages } from '@skep/shared/paths'

/** The one sentence that a page opens with. */
export const verdict = (page: Page): Locator => page.getByRole('heading', { level: 1 })

/** The slots of the service on screen, as a screen reader tells them. */
export const slots = (page: Page): Locator => page.getByRole('gridcell')

/** Opens a service's page and waits for its verdict. */
export async function openService(page: Page, name: string, says: RegExp): Promise<void> {
  await page.goto(pages.service(name))
  await expect(verdict(page)).toHaveText(says)
}

/**
 * Fails if any mark on the page is filled as if it were known to be true: while the truth
 * is not known every fill must have turned to hatching. Looks at what is painted, not at
 * what is meant.
 */
export async function expectNothingSolid(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(solidMarks)).toEqual([])
}

/** How many marks are filled: the check above must be able to fail. */
export async function expectSomethingSolid(page: Page): Promise<void> {
  await expect.poll(async () => (await page.evaluate(solidMarks)).length).toBeGreaterThan(0)
}

/** Fails on any violation that axe can see, best practices included. */
export async function expectAccessible(page: Page): Promise<void> {
  // What the bars happen to cover in part, as the page is scrolled, is no smaller for that.
  const scrolled = await page.evaluate(() => window.scrollY)
  await page.evaluate(() => window.scrollTo({ top: 0, behavior: 'instant' }))
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  await page.evaluate((top) => window.scrollTo({ top, behavior: 'instant' }), scrolled)
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`)
  expect(found).toEqual([])
}

/** On a phone only what is wide by nature scrolls sideways, and never the page. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const width = () => page.evaluate(() => document.documentElement.scrollWidth)
  await expect.poll(width).toBeLessThanOrEqual(360)
}

/**
 * Presses Tab until something has the focus. Wherever it stops on its way it must be seen
 * there; a warning that waits to be ticked is ticked.
 */
export async function tabTo(page: Page, goal: Locator): Promise<void> {
  await expect(goal).toBeVisible()
  for (let stop = 0; stop < 80; stop += 1) {
    await page.keyboard.press('Tab')
    await expectFocusSeen(page)
    if (await goal.evaluate((one) => one === document.activeElement)) return
    const box = page.locator('input[type=checkbox]:focus:not(:checked)')
    if ((await box.count()) > 0) await page.keyboard.press('Space')
  }
  throw new Error(`Tab never came to ${goal}`)
}

/** Fails if what has the focus is not marked, or lies beneath something else. */
export async function expectFocusSeen(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(unseenFocus)).toBeNull()
}

/** Kept with the other results, to be looked at: what no assertion sees. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `../node_modules/.cache/skep/screens/${name}.png` })
}

/** Looks at a page as it is now: both themes, and a phone. */
export async function review(page: Page, name: string): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 720 }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page)
    await picture(page, `${name}-${colorScheme}`)
  }
  await page.setViewportSize({ width: 360, height: 740 })
  await expectNoSidewaysScroll(page)
  await picture(page, `${name}-dark-360`)
  await page.setViewportSize({ width, height })
}

/** In the browser: the filled shapes within marks and cells that are painted in full. */
function solidMarks(): string[] {
  const shapes = document.querySelectorAll('main svg path')
  return [...shapes].flatMap((shape) => {
    const { fill, opacity, display } = getComputedStyle(shape)
    const filled = fill !== 'none' && !fill.startsWith('url') && display !== 'none'
    const inMark = shape.closest('[data-mark], [data-slot]') !== null
    return filled && inMark && Number(opacity) > 0.05 ? [shape.outerHTML.slice(0, 120)] : []
  })
}

/** In the browser: why nobody would see where the focus is; null where they would. */
function unseenFocus(): string | null {
  const one = document.activeElement
  // Out of a dialog the focus goes to the browser's own bar, and comes back from there.
  if (!one || one === document.body) return null
  const html = one.outerHTML.slice(0, 120)
  const { outlineStyle, outlineWidth } = getComputedStyle(one)
  const isMarked = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
  if (!one.matches(':focus-visible') || !isMarked) return `not marked: ${html}`
  const { left, top, width, height } = one.getBoundingClientRect()
  const there = document.elementFromPoint(left + width / 2, top + height / 2)
  return there && (one.contains(there) || there.contains(one)) ? null : `covered: ${html}`
}

import { expect, type Locator, type Page } from '@playwright/test'

/** Ticks every warning, as somebody who has read them does. */
export async function acknowledge(sheet: Locator): Promise<void> {
  for (const box of await sheet.getByRole('checkbox').all()) await box.check()
}

/** Ticks what is to be ticked, types what is to be typed, and waits until it was observed. */
export async function commit(page: Page, button: RegExp, typed?: string): Promise<void> {
  const sheet = page.getByRole('dialog')
  const press = sheet.getByRole('button', { name: button })
  await expect(press).toBeVisible()
  await acknowledge(sheet)
  if (typed !== undefined) await sheet.getByRole('textbox').last().fill(typed)
  await press.click()
  await expect(sheet.locator('[data-state="converged"]').first()).toBeVisible({
    timeout: 90_000,
  })
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

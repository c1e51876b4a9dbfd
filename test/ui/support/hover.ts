import type { Locator, Page } from 'playwright-core';
import { insist } from './insist.ts';

/** What is shown while the mouse rests on `target`, once it is there. A target that is drawn anew loses it, so the mouse comes again. */
export async function hoverText(page: Page, target: Locator): Promise<string> {
  return insist(async (timeout) => {
    await page.mouse.move(0, 0);
    await target.hover({ timeout });
    return page.locator('.workbench-hover').filter({ hasNotText: 'Loading...' }).last().innerText({ timeout });
  });
}

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'puppeteer'
import t from 'tap'
import { insertOrder } from '../support/documents.ts'
import { look, openJourney } from '../support/journey.ts'

t.test('a clerk files two documents, shares one, plans a call and makes it', async (t) => {
  const { page, address, db, shop } = await openJourney(t)
  const order = await insertOrder(db, shop)
  const text = () => page.$eval('main', (main) => main.textContent ?? '')
  const folder = t.testdir()
  const files = [join(folder, 'Bon de commande.pdf'), join(folder, 'prices.csv')]
  await writeFile(files[0] ?? '', '%PDF-1.7\nsigned\n%%EOF')
  await writeFile(files[1] ?? '', 'code;price\nCHAI;18\n')

  await page.goto(`${address}/orders/${order}`)
  await follow(page, '.tabs a[href$="/documents"]')
  t.match(await text(), /Nothing is yet\./)
  const input = await page.waitForSelector('input[type="file"]').then((found) => found?.toElement('input'))
  await input?.uploadFile(...files)
  await follow(page, 'form[enctype] button[type="submit"]')
  t.match(await text(), /2 documents are uploaded\./)
  await follow(page, 'tbody tr:last-child form button')
  t.match(await text(), /Bon de commande\.pdf is marked as shared with the customer\./)
  await look(t, page, 'documents')
  await follow(page, 'tbody tr:first-child a[href$="/deletion"]')
  await look(t, page, 'document-removal')
  await follow(page, '.confirm button[type="submit"]')
  t.match(await text(), /prices\.csv is removed\..*1 document/s)
  await follow(page, 'tbody td a')
  t.match(await text(), /SHA-256/)
  await look(t, page, 'document')

  await page.goto(`${address}/orders/${order}/activities`)
  await follow(page, '.empty a')
  await page.type('#subject', 'Ask about the delivery')
  await page.click('#kind')
  await page.$eval('#due-date', (field) => Reflect.set(field, 'value', '2026-01-05'))
  await page.type('#notes', 'Ring before ten')
  await look(t, page, 'activity-form')
  await follow(page, '.form-bar button[type="submit"]')
  t.match(await text(), /Late.*“Ask about the delivery” is created\./s)
  await look(t, page, 'activity')
  await page.goto(address)
  await follow(page, 'td.wide a[href^="/activities?state=late"]')
  t.match(await text(), /1 activity.*Ask about the delivery/s)
  await look(t, page, 'activities')
  await follow(page, 'tbody form button')
  t.match(await text(), /“Ask about the delivery” is done\..*No activity matches/s)

  await db.updateTable('users').set({ language: 'fr' }).where('id', '=', shop.admin_id).execute()
  await page.goto(`${address}/orders/${order}/activities`)
  t.match(await text(), /Appel.*Faite/s)
  await look(t, page, 'activities-fr')
  await page.goto(`${address}/orders/${order}/documents`)
  await look(t, page, 'documents-fr')
})

async function follow(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click(selector)])
}

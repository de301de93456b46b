import t from 'tap'
import { pastedRows } from '../../../src/services/orders/pasted-rows.ts'

const row = (code: string, quantity = '', unit_price = '', description = '') => ({
  code,
  description,
  quantity,
  unit_price,
})

t.test('rows of a spreadsheet are code, quantity and price, by tabs or by semicolons', async (t) => {
  t.same(pastedRows('CHAI\t12\t18,00\r\nTEA-9\t3\t1 234,50\r\n'), [
    row('CHAI', '12', '18,00'),
    row('TEA-9', '3', '1 234,50'),
  ])
  t.same(pastedRows('CHAI;12;18,00\nTEA-9;3'), [row('CHAI', '12', '18,00'), row('TEA-9', '3')])
  t.same(pastedRows('CHAI\nTEA-9'), [row('CHAI'), row('TEA-9')], 'a column of codes')
  t.same(pastedRows('CHAI\t\t9.5'), [row('CHAI', '', '9.5')], 'a cell may be empty')
})

t.test('empty rows and a first row of headings are passed over', async (t) => {
  t.same(pastedRows('\ncode;quantity;price\nCHAI;1;2\n;;\n\n \n'), [row('CHAI', '1', '2')])
  t.same(pastedRows('Référence\tQté\tP.U. HT\nCHAI\t1\t2'), [row('CHAI', '1', '2')])
  t.same(pastedRows('Code\nCHAI'), [row('CHAI')])
  t.same(pastedRows(''), [])
  t.same(pastedRows(' \n\t\n'), [])
})

t.test('headings say which column is which', async (t) => {
  t.same(pastedRows('Qty;Code\n3;TEA-9'), [row('TEA-9', '3')])
  t.same(pastedRows('Code\tDésignation\tStock\tQuantité\tPrix\nCHAI\tThé noir\t7\t1\t2'), [
    row('CHAI', '1', '2', 'Thé noir'),
  ])
  t.same(pastedRows('REF\t12\nCODE\t3'), [row('REF', '12'), row('CODE', '3')], 'products may be called so')
})

t.test('cells in quotation marks are read, and a mark alone is a sign like others', async (t) => {
  t.same(pastedRows('"CHAI"\t"1"\n"two\nlines"\t4'), [row('CHAI', '1'), row('two lines', '4')])
  t.same(pastedRows('TUBE 5"\t3'), [row('TUBE 5"', '3')])
  t.same(pastedRows('"open\t3\nCHAI\t4'), [row('"open', '3'), row('CHAI', '4')])
})

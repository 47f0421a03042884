// Prints every entry of a CSL JSON file as citeproc-js, Zotero's engine, formats it.
// Arguments: items.json style.csl
import fs from 'fs'
import {createRequire} from 'module'
const require = createRequire(process.argv[4])
const CSL = require('citeproc')
const locales = require('@citation-js/plugin-csl/lib/locales.json')
const items = Object.fromEntries(
  JSON.parse(fs.readFileSync(process.argv[2], 'utf8')).map(item => [item.id, item]))
const style = fs.readFileSync(process.argv[3], 'utf8')
const system = {
  retrieveLocale: name => locales[name] || locales['en-US'],
  retrieveItem: key => items[key],
}
const engine = new CSL.Engine(system, style, 'en-US')
engine.updateItems(Object.keys(items))
const [parameters, entries] = engine.makeBibliography()
const found = {}
parameters.entry_ids.forEach((keys, at) => { found[keys[0]] = entries[at] })
console.log(JSON.stringify(found))

import { MANAGEMENTS, POST_TYPES } from '../../domain/community'
import { ROLES } from '../../domain/role'
import { readConfig } from '../config'
import { PlainError, runPlainly } from '../plain-error'
import { openDatabase } from '../start'
import { type Command, parsed } from './asking'
import { CARE } from './care'
import { PHONES } from './phones'
import { PLACES } from './places'
import { REPORTS } from './reports'
import { RULES } from './rules'
import { SETTINGS } from './settings'
import { TOLD } from './told'

const HELP = `npm run admin -- COMMAND [OPTIONS]

  community add --name NAME --body COLLECTING-BODY --contact PHONE [--district CODE] [--url https://gate.example.org]
                [--city 南京 --city-short 宁 --city-latin Nanjing --platform 宁归来]
                                          prints the first admin's code, once
  community set [--city 南京] [--city-short 宁] [--city-latin Nanjing] [--platform 宁归来]
                                          how the city and its platform for arrivals are called
  contact                                 whom each post calls
  contact set --role community|health|police --name NAME --phone PHONE [--unit POST-OR-COMPOUND-ID]
  contact set --role official --name NAME [--phone PHONE] --unit COMPOUND-ID
                                          official: who answers for a compound that nobody manages, shown at its posts
  contact remove --role ROLE [--unit ID]
  compound add --name NAME [--management ${MANAGEMENTS.join('|')}] [--tier core|fusion] [--open] [--official NAME]
                                          --open: not enclosed; --official: who answers where nobody manages it
  post add --name NAME --parent COMPOUND-ID [--type ${POST_TYPES.join('|')}]
  post close --id POST-ID
  units                                   lists communities, compounds and posts with their ids
  invite --role ${ROLES.join('|')} --unit ID [--days 7] [--url https://gate.example.org]
  roster import FILE --compound ID        a CSV or XLSX; nothing is imported if a row is wrong; 卡号: the codes of old cards
  rules                                   the rule sets, published and drafts
  rules draft FILE                        keeps the sets of a JSON file, checked; no phone is told
  rules preview --post ID [--at 2020-02-18T00:02:00+08:00]
                                          what that post would say at that instant to whom, and read out; drafts counted in
  rules publish                           tells all drafts to the phones
  notice send --title TITLE --text TEXT [--post ID]
  notice receipts --id NOTICE-ID          at which posts it was read
  observe --resident ID --until 2020-02-25 [--central]
  release --resident ID                   ends it before its time
  tips [--days 30]                        what people told the posts; that they were read is in the trail
  requests [--days 30]                    what residents asked for, and whose home it was
  tally [--day 2020-02-18]                the day's counts, post by post
  report make --day 2020-02-18 [--kind daily|ledger-masked|ledger-full|incidents|incidents-full|hand-over] [--format xlsx|csv|json]
              [--post ID] [--shift NAME] [--until 12:00] [--reason WHY] [--out FILE]
                                          the same reports as on the phones, from the server's log; a full ledger needs a reason
  report check FILE                       whether a report is unchanged, who made it, and what the log says otherwise
  device list
  device revoke --id DEVICE-ID            what it still holds is taken into quarantine
  cards rotate-key                        a new key for cards; what the old one signed stays valid until it expires
  trail [--days N]                        who did what, newest first
  trail verify                            whether an entry was changed or is missing

  --data DIR      the server's data folder, if it is not the usual one (else DATA_DIR, DATABASE_URL)
  --community ID  where there is more than one
`

const COMMANDS: Readonly<Record<string, Command>> = { ...PLACES, ...RULES, ...CARE, ...PHONES, ...REPORTS, ...SETTINGS, ...TOLD }

// Last, because what it uses must have been made.
await runPlainly(async () => {
  const { values, positionals } = parsed()
  const command = COMMANDS[positionals.slice(0, 2).join(' ')] ?? COMMANDS[positionals[0] ?? '']
  if (values.help || !command) {
    process.stdout.write(HELP)
    if (!values.help && positionals.length > 0) throw new PlainError(`there is no command "${positionals.join(' ')}".`)
    return
  }
  const config = readConfig({ ...process.env, ...(typeof values.data === 'string' ? { DATA_DIR: values.data } : {}) })
  const { pool, close } = await openDatabase(config, { guest: true })
  try {
    await command(pool, values, positionals.slice(2))
  } finally {
    await close()
  }
})

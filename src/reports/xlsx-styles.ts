/** The places of the formats below, as a cell names them. */
export const STYLES = { plain: 0, title: 1, heading: 2, text: 3, count: 4, date: 5, time: 6, celsius: 7 } as const

const MIDDLE = 'applyAlignment="1"><alignment vertical="center"/></xf>'
const WRAPPED = 'applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>'

const FORMATS: Readonly<Record<keyof typeof STYLES, string>> = {
  plain: '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  title: '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>',
  heading: `<xf numFmtId="0" fontId="2" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" ${WRAPPED}`,
  text: `<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" ${WRAPPED}`,
  count: `<xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" ${MIDDLE}`,
  date: `<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" ${MIDDLE}`,
  time: `<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" ${MIDDLE}`,
  celsius: `<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" ${MIDDLE}`,
}

const NAMES = Object.keys(STYLES) as (keyof typeof STYLES)[]

export const STYLES_XML = [
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
  '<numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="hh:mm"/><numFmt numFmtId="166" formatCode="0.0"/></numFmts>',
  '<fonts count="3">',
  '<font><sz val="10"/><name val="宋体"/></font>',
  '<font><b/><sz val="14"/><name val="宋体"/></font>',
  '<font><b/><sz val="10"/><name val="宋体"/></font></fonts>',
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FFE8EDF2"/><bgColor indexed="64"/></patternFill></fill></fills>',
  `<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>`,
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  `<cellXfs count="${NAMES.length}">${NAMES.map((name) => FORMATS[name]).join('')}</cellXfs>`,
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
].join('')

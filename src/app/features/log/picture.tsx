import type { ComponentChildren, VNode } from 'preact'
import type { DayPicture } from '../../../domain/day-picture'
import type { DeviceId } from '../../../domain/ids'
import { clockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { QuarterBars } from './quarter-bars'
import { ReadingBars } from './reading-bars'
import './picture.css'

/** The lead's picture of a day: numbers and shapes, no person. Behind each shape stands its table. */
export function Picture({ picture }: { readonly picture: DayPicture }) {
  return <div class="picture">{pictureParts(picture)}</div>
}

/** Its parts in their order; each stands on one page of paper. */
export function pictureParts(picture: DayPicture): readonly VNode[] {
  const isEmpty = picture.quarters.length === 0
  return [
    <Part key="matters" title={t('picture.matters')}>
      <Matters picture={picture} />
    </Part>,
    <Part key="flow" title={t('picture.flow')}>
      {isEmpty ? <p>{t('picture.no-passages')}</p> : <QuarterBars quarters={picture.quarters} />}
    </Part>,
    ...picture.sites.map((site) => (
      <Part key={site.site} title={t('picture.readings', { site: t(`site.${site.site}`) })}>
        <ReadingBars site={site} />
      </Part>
    )),
    ...(picture.sites.length === 0 || picture.inRange > 0
      ? [
          <Part key="in-range" title={t('picture.measured')}>
            {picture.sites.length === 0 && <p>{t('picture.no-readings')}</p>}
            {picture.inRange > 0 && <p>{t('picture.in-range', { count: picture.inRange })}</p>}
          </Part>,
        ]
      : []),
    <Part key="corrections" title={t('picture.corrections')}>
      <Corrections corrections={picture.corrections} />
    </Part>,
    <Part key="phones" title={t('picture.phones')}>
      <Phones phones={picture.phones} />
    </Part>,
  ]
}

function Corrections({ corrections }: Pick<DayPicture, 'corrections'>) {
  const nameOf = usePhoneNames()
  if (corrections.length === 0) return <p>{t('picture.no-corrections')}</p>
  return (
    <ul class="picture-list">
      {corrections.map(({ kind, deviceId, count }) => (
        <li key={`${kind} ${deviceId}`}>
          {t(`picture.correction-${kind}`)} · {nameOf(deviceId)} · {count}
        </li>
      ))}
    </ul>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="picture-part">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function Matters({ picture: { openIncidents, stuck } }: { readonly picture: DayPicture }) {
  if (openIncidents.length + stuck.length === 0) return <p>{t('picture.no-matters')}</p>
  return (
    <ul class="picture-list">
      {openIncidents.map(({ key, since }) => (
        <li key={key}>
          <a href={`/incident/${key}`}>{t('picture.open-incident', { time: clockText(since) })}</a>
        </li>
      ))}
      {stuck.map(({ thermometer, celsius, count, from, to }) => (
        <li key={`${thermometer} ${from}`}>
          {t('picture.stuck', {
            thermometer: thermometer || t('picture.nameless-thermometer'),
            count,
            celsius: celsius.toFixed(1),
            from: clockText(from),
            to: clockText(to),
          })}
        </li>
      ))}
    </ul>
  )
}

function usePhoneNames() {
  const known = useServices().kept.values.phones.value
  return (deviceId: DeviceId | undefined) =>
    deviceId ? (known.find((each) => each.deviceId === deviceId)?.name ?? deviceId.slice(0, 6)) : t('picture.this-phone')
}

function Phones({ phones }: Pick<DayPicture, 'phones'>) {
  const nameOf = usePhoneNames()
  if (phones.length === 0) return <p>{t('picture.no-passages')}</p>
  return (
    <table class="picture-table">
      <thead>
        <tr>
          <th scope="col">{t('picture.phone')}</th>
          <th scope="col">{t('picture.records')}</th>
          <th scope="col">{t('picture.first-last')}</th>
        </tr>
      </thead>
      <tbody>
        {phones.map(({ deviceId, passages, first, last }) => (
          <tr key={deviceId ?? ''}>
            <th scope="row">{nameOf(deviceId)}</th>
            <td>{passages}</td>
            <td>
              {clockText(first)}–{clockText(last)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

import type { Event } from '@system-manager/client';
import { Link } from 'wouter';
import { addressOf, subjectOf, whatHappened } from '../model/event-text.js';

/** Who something happened to, leading there. */
export function EventSubject({ event }: { readonly event: Event }) {
  const address = addressOf(event);
  const subject = subjectOf(event);
  return address === undefined ? <span>{subject}</span> : <Link href={address}>{subject}</Link>;
}

/** What happened to whom, in one line. */
export const EventLine = ({ event }: { readonly event: Event }) => (
  <>
    <span className="quiet">{event.subjectKind}</span> <EventSubject event={event} />{' '}
    {whatHappened(event)}
  </>
);

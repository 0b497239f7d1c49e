/** How long something took or takes, in at most two units. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

/** How long ago a point in time is; clocks that differ a little make nothing happen in the future. */
export const ago = (timestamp: string, now: number): string => {
  const ms = now - Date.parse(timestamp);
  return ms < 2_000 ? 'just now' : `${duration(ms)} ago`;
};

const clockTime = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const dateAndTime = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'medium',
});

export const timeOfDay = (timestamp: string): string => clockTime.format(Date.parse(timestamp));
export const fullTime = (timestamp: string): string => dateAndTime.format(Date.parse(timestamp));

/**
 * Loaded before a program (`--import`): its clock since boot is that of the machine plus the milliseconds in the file that
 * `UPTIME_SHIFT_FILE` names. So a test lets hours go by at once, in a process and in those that it starts.
 */
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

const file = process.env['UPTIME_SHIFT_FILE'];
if (file === undefined) throw new Error('UPTIME_SHIFT_FILE is not set');

const uptime = os.uptime.bind(os);
os.uptime = () => uptime() + Number(readFileSync(file, 'utf8')) / 1000;
syncBuiltinESMExports();
